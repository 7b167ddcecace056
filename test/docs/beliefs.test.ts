import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STEPS } from '../../cli/doctor/live/run.ts';
import { beliefs, beliefsIn, commentsOf, REASONS } from '../../scripts/docs/beliefs.ts';
import { beliefFiles } from '../../scripts/docs/beliefs-page.ts';

const all = beliefs();
/** Files that explain the word. */
const EXPLAINS = ['shared/catalogue/engine.ts'];
const LOOKED_AT = STEPS.flatMap(({ beliefs: ids }) => ids);

/** Comments at the end of a line of code, where no belief can stand. */
const behindCode = (text: string): readonly string[] =>
  [...text.matchAll(/^\s*[^\s/*].*\s\/\/ (.*)$/gm)].map(([, said = '']) => said);

describe('a belief about the vendor', () => {
  it('says where it comes from, and there are many', () => {
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter(({ source }) => source.length < 5)).toEqual([]);
  });

  it.each(all.filter(({ state }) => state === 'inferred'))(
    '$id is inferred, and a program looks at it, or a reason is given that counts',
    ({ shownBy }) => {
      expect(shownBy).not.toBeNull();
      if (shownBy?.kind === 'by hand') expect(REASONS).toContain(shownBy.because);
    },
  );

  it('that doctor --live looks at is one that it has a step for, and the other way round', () => {
    const named = all.filter(({ shownBy }) => shownBy?.kind === 'live').map(({ id }) => id);
    expect([...named].sort()).toEqual([...LOOKED_AT].sort());
  });

  it.each(all.flatMap(({ id, shownBy }) => (shownBy?.kind === 'conformance' ? [{ id, ...shownBy }] : [])))(
    '$id is shown by a test that is there: $suite, $title',
    ({ suite, title }) => {
      const file = `test/conformance/${suite}.conformance.test.ts`;
      expect(existsSync(file), file).toBe(true);
      expect(readFileSync(file, 'utf8')).toContain(title);
    },
  );

  it.each(['cli', 'client', 'events', 'functions', 'scripts/operations', 'shared'])(
    'is what everything is that a comment in %s calls inferred',
    (root) => {
      const loose = readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !EXPLAINS.includes(`${root}/${name}`))
        .map((name) => readFileSync(`${root}/${name}`, 'utf8'))
        .flatMap((text) => [...commentsOf(text), ...behindCode(text)])
        .filter((comment) => /\binferred\b/i.test(comment) && !comment.startsWith('Belief '));
      expect(loose).toEqual([]);
    },
  );
});

describe('a comment', () => {
  it('may run over several lines, among other paragraphs', () => {
    const text = `/**\n * What it does.\n *\n * Belief a-b (inferred): RAM keeps\n * tags. Source: a page. Shown wrong by: doctor --live.\n */\n`;
    expect(beliefsIn(text, 'x.ts')).toEqual([
      {
        id: 'a-b',
        state: 'inferred',
        says: 'RAM keeps tags.',
        source: 'a page.',
        shownBy: { kind: 'live' },
        file: 'x.ts',
      },
    ]);
  });

  const form = (text: string) => `"Belief ${text}" has not the form of a belief`;
  it.each([
    ['no state', '// Belief a: b. Source: c.', form('a: b. Source: c.')],
    ['a state that is none', '// Belief a (guessed): b. Source: c.', form('a (guessed): b. Source: c.')],
    ['no source', '// Belief a (inferred): b.', form('a (inferred): b.')],
    [
      'other words before it',
      '// It is so. Belief ab-1 (inferred): b. Source: c.',
      'a belief stands in the middle of "It is so. Belief ab-1 (inferred): b. Source: c.": give it a paragraph',
    ],
    ...[
      ['a reason that does not count', 'by hand, because it is late: look'],
      ['what shows nothing wrong', 'luck'],
      ['a suite without a test', 'conformance ram'],
      ['a suite behind other words', 'the conformance ram: x'],
      ['a look without a way', 'by hand, because it needs an installation'],
      ['a look behind other words', 'it is by hand: look'],
    ].map(([what = '', by = '']): [string, string, string] => [
      what,
      `// Belief a (inferred): b. Source: c. Shown wrong by: ${by}.`,
      `"${by}" is nothing that shows a belief wrong`,
    ]),
  ])('that begins as a belief and has %s is refused, with its file', (_what, text, message) => {
    expect(() => beliefsIn(text, 'x.ts')).toThrow(new Error(`x.ts: ${message}`));
  });

  it.each([
    ['doctor --live', { kind: 'live' }],
    ['conformance ram: it: is so', { kind: 'conformance', suite: 'ram', title: 'it: is so' }],
    ['by hand: look: there', { kind: 'by hand', because: null, how: 'look: there' }],
    [
      'by hand, because only a browser shows it: look',
      { kind: 'by hand', because: 'only a browser shows it', how: 'look' },
    ],
  ])('names what shows a belief wrong: %s', (by, shownBy) => {
    const text = `const a = 1;\n  // Belief a (seen): b. Source: c. Shown wrong by: ${by}.`;
    expect(beliefsIn(text, 'x.ts')).toMatchObject([{ state: 'seen', shownBy }]);
  });

  it('ends at code, at an empty line of it, and where it ends', () => {
    const text =
      '\n// a\n//b \n  /** c */\n\n/**\n * d\n *\n * e\n */\n * f\nconst x = 1; // g\n// h\nx * y;\n\n\n// i';
    expect(commentsOf(text)).toEqual(['a b c', 'd', 'e', 'f', 'h', 'i']);
  });
});

it('the page has a table for what was seen, as soon as anything was', () => {
  const text = '// Belief a (seen): b <c> and `e:<f>`. Source: d. Shown wrong by: doctor --live.';
  const page = beliefFiles(beliefsIn(text, 'cli/x.ts'))['docs/explain/beliefs.md'];
  expect(page).toContain(' (1).\n- **inferred**');
  expect(page).toContain(
    '\n\n## Seen\n\n| Belief | What | Source | Shown wrong by |\n|---|---|---|---|\n| [`a`](../../cli/x.ts) | b `<c>` and `e:<f>`. | d. | `doctor --live` |\n\n## No data',
  );
});

describe('the beliefs of a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dms-handshake-beliefs-'));
    mkdirSync(join(folder, 'deeper'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (file: string, ...ids: string[]) =>
    writeFileSync(join(folder, file), ids.map((id) => `// Belief ${id}: b. Source: c.\n\n`).join(''));

  it('are those of its sources, however deep, by state and id', () => {
    write('a.ts', 'z-1 (documented)', 'b (inferred)', 'y (seen)');
    write('deeper/b.ts', 'a (documented)', 'c (seen)', 'z (documented)', 'z0 (documented)');
    write('page.md', 'd (seen)');
    expect(
      beliefs([folder]).map(({ id, state, shownBy, file }) => [id, state, shownBy, relative(folder, file)]),
    ).toEqual([
      ['c', 'seen', null, 'deeper/b.ts'],
      ['y', 'seen', null, 'a.ts'],
      ['b', 'inferred', null, 'a.ts'],
      ['a', 'documented', null, 'deeper/b.ts'],
      ['z', 'documented', null, 'deeper/b.ts'],
      ['z-1', 'documented', null, 'a.ts'],
      ['z0', 'documented', null, 'deeper/b.ts'],
    ]);
  });

  it('have names of their own', () => {
    write('a.ts', 'a (seen)');
    write('deeper/b.ts', 'a (inferred)');
    expect(() => beliefs([folder])).toThrow(
      new Error(`two beliefs are called a; one is in ${join(folder, 'deeper/b.ts')}`),
    );
  });
});
