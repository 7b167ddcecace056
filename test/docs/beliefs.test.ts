import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STEPS } from '../../cli/doctor/live/run.ts';
import { beliefs, beliefsIn, commentsOf, REASONS } from '../../scripts/docs/beliefs.ts';

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

  it.each([
    ['no state', '// Belief a: b. Source: c.'],
    ['a state that is none', '// Belief a (guessed): b. Source: c.'],
    ['no source', '// Belief a (inferred): b.'],
    ['other words before it', '// It is so. Belief a (inferred): b. Source: c.'],
    [
      'a reason that does not count',
      '// Belief a (inferred): b. Source: c. Shown wrong by: by hand, because it is late: look.',
    ],
    ['what shows nothing wrong', '// Belief a (inferred): b. Source: c. Shown wrong by: luck.'],
  ])('that begins as a belief and has %s is refused, with its file', (_what, text) => {
    expect(() => beliefsIn(text, 'x.ts')).toThrow(/x\.ts/);
  });
});
