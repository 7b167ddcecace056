import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** Titles longer than this do not fit a line of a report beside the name of their file. */
const LONGEST_TITLE = 100;

/** Words of an older edition, for which the field has others: `docs/explain/glossary.md`. */
const OLD_WORDS =
  /(^|[/.-])(wish(es)?|goals?|learn(ed)?|economy|news|patrol|rolls?|strangers?|mend|heal|said|once|gather|understand|remember(ed)?|quiet|same-text|doors?|disorder)([/.-]|$)/;

/** Folders of test/unit that test what stands outside of the rooms of shared/, and where that is. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  bench: 'test/bench',
  cli: 'cli',
  client: 'client',
  coverage: 'test/coverage',
  events: 'events',
  intake: 'functions/intake',
  notify: 'functions/notify',
  local: 'local',
  mutants: 'test/mutants',
  deployment: 'scripts/deployment',
  provision: 'functions/provision',
};

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  // A file that was deleted and not yet committed is listed, too.
  .filter((file) => file !== '' && existsSync(file));
const tests = files.filter((file) => file.startsWith('test/') && file.endsWith('.test.ts'));

/** What declares a test or a suite: `inBrowser` is an `it` that runs where there is a browser. */
const DECLARING = /^(it|describe|inBrowser)\b/;

/** Every title that a file gives to `it` and `describe`, as it is written. */
function titlesOf(file: string): readonly string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    const [title] = ts.isCallExpression(node) ? node.arguments : [];
    if (ts.isCallExpression(node) && title !== undefined && DECLARING.test(node.expression.getText()))
      if (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))
        titles.push(title.getText().slice(1, -1));
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return titles;
}

describe('the tests', () => {
  it('have titles that fit a line', () => {
    const titles = tests.flatMap((file) => titlesOf(file).map((title) => `${file}: ${title}`));
    expect(titles.length).toBeGreaterThan(1_000);
    expect(titles.filter((title) => title.length - title.indexOf(': ') - 2 > LONGEST_TITLE)).toEqual([]);
  });

  it('are declared by what is known here, so that no title is passed over', () => {
    const others = tests.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^const (\w+) = (?:it|describe)\.\w+\(/gm)].map(
        ([, name = '']) => name,
      ),
    );
    expect(others).toContain('inBrowser');
    expect(others.filter((name) => !DECLARING.test(name))).toEqual([]);
  });

  it('stand in a folder named like the room that they test', () => {
    const rooms = new Set(tests.flatMap((file) => /^test\/unit\/([^/]+)\//.exec(file)?.[1] ?? []));
    expect(rooms.size).toBeGreaterThan(10);
    expect([...rooms].filter((room) => !existsSync(ELSEWHERE[room] ?? `shared/${room}`))).toEqual([]);
  });
});

describe('names of files', () => {
  it('have none of the words that went', () => {
    // Samples are named after the fields of events, which are part of the contract.
    const named = files.filter((file) => !file.startsWith('events/samples/'));
    expect(named.filter((file) => OLD_WORDS.test(file))).toEqual([]);
  });
});
