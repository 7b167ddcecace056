import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Mutant {
  readonly file: string;
  readonly place: string;
  readonly line: string;
  readonly from: string;
  readonly to: string;
  readonly status: string;
}
interface Known {
  readonly file: string;
  readonly line: string;
  readonly changes: readonly (readonly [from: string, to: string])[];
  readonly why: string;
  readonly isWrong?: boolean;
}
interface Score {
  readonly files: readonly object[];
  readonly unexplained: readonly Mutant[];
  readonly late: readonly Mutant[];
  readonly stale: readonly Known[];
}
interface Scoring {
  scoreOf(mutants: readonly Mutant[], known: readonly Known[]): Score;
  sumOf(files: readonly object[]): { found: number; left: number };
  percent(sum: object): string;
}
interface Drawing {
  draw(mutants: readonly object[], count: number, seed: string): readonly object[];
  drawnPlaces(
    files: readonly string[],
    count: number,
    seed: string,
  ): Promise<{ places: string[]; of: number }>;
}

/** They are plain JavaScript, as Stryker loads them without a build. */
const load = (name: string): Promise<unknown> => import(`../../mutants/${name}.mjs`);
const scoring = (await load('score')) as Scoring;
const { draw, drawnPlaces } = (await load('draw')) as Drawing;

const mutant = (status: string, to = 'true', line = 'if (x) return;'): Mutant => ({
  file: 'shared/a.ts',
  place: '3:5',
  line,
  from: 'x',
  to,
  status,
});
const known = (to: string): Known => ({
  file: 'shared/a.ts',
  line: 'if (x) return;',
  changes: [['x', to]],
  why: 'It is the same.',
});

describe('the score of a run', () => {
  it('is what was found of what changes something; a survivor without a test is a survivor', () => {
    const mutants = [
      mutant('Killed'),
      mutant('Timeout'),
      mutant('Survived', 'false'),
      mutant('NoCoverage', '!x'),
      mutant('RuntimeError', '0'),
    ];
    const { files, unexplained, late } = scoring.scoreOf(mutants, [known('false')]);
    expect(files).toEqual([{ file: 'shared/a.ts', found: 2, late: 1, same: 1, left: 1 }]);
    expect(scoring.percent(scoring.sumOf(files))).toBe('66.67');
    expect(unexplained.map(({ to }) => to)).toEqual(['!x']);
    expect(late).toHaveLength(1);
  });

  it('counts as left what is explained and would be wrong', () => {
    const wrong = { ...known('false'), isWrong: true };
    const { files, unexplained, stale } = scoring.scoreOf([mutant('Survived', 'false')], [wrong]);
    expect(files).toEqual([{ file: 'shared/a.ts', found: 0, late: 0, same: 0, left: 1 }]);
    expect([unexplained, stale]).toEqual([[], []]);
  });

  it('tells of an explanation whose change is found now, and of none in a file that was not run', () => {
    const elsewhere = { ...known('false'), file: 'shared/b.ts' };
    const { stale } = scoring.scoreOf([mutant('Killed', 'false')], [known('false'), elsewhere]);
    expect(stale).toEqual([known('false')]);
  });

  it('goes by the text of the line, so that the same change on another line is no equivalent', () => {
    const { unexplained } = scoring.scoreOf([mutant('Survived', 'false', 'return x;')], [known('false')]);
    expect(unexplained).toHaveLength(1);
  });
});

describe('a sample', () => {
  const mutants = Array.from({ length: 50 }, (_, line) => ({
    fileName: 'shared/a.ts',
    location: { start: { line, column: 0 }, end: { line, column: 3 } },
    replacement: 'true',
  }));

  it('is the same for the same seed, in whatever order the mutants come, and another for another', () => {
    const drawn = draw(mutants, 10, '7');
    expect(drawn).toHaveLength(10);
    expect(draw(mutants.toReversed(), 10, '7')).toEqual(drawn);
    expect(draw(mutants, 10, '8')).not.toEqual(drawn);
  });

  it('is told by where its mutants stand: nothing else is put into the code', async () => {
    const file = 'shared/runtime/pool.ts';
    const all = await drawnPlaces([file], 1_000, '7');
    const { places, of } = await drawnPlaces([file], 3, '7');
    expect(places).toEqual(all.places.slice(0, 3));
    expect(of).toBe(all.places.length);
    const lines = readFileSync(file, 'utf8').split('\n');
    const texts = all.places.map((place) => {
      const [line, from, last, to] = place
        .slice(file.length + 1)
        .split(/[:-]/)
        .map(Number);
      return line === last && line !== undefined ? lines[line - 1]?.slice(from, to) : null;
    });
    expect(texts).toContain('next.done === true');
  });
});
