import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { terminal } from '../../cli/ui/terminal.ts';
import { SCENARIOS } from './all.ts';
import { Dice } from './dice.ts';
import { BEGIN, END, withTable } from './document.ts';
import { chaos } from './runner.ts';
import { type Scenario, scenario } from './scenario.ts';

/** Numbers below a hundred; the promise breaks for lists that hold one from `bad` on. */
const numbers = (id: string, bad: number): Scenario =>
  scenario<readonly number[]>({
    id,
    promise: `no number from ${bad} on`,
    where: 'in process',
    unit: 'lists',
    full: 50,
    short: 5,
    *cases(seed, runs) {
      const dice = new Dice(seed, id);
      for (let run = 0; run < runs; run += 1) yield Array.from({ length: 8 }, () => dice.int(0, 99));
    },
    attempt: async (list) => {
      const found = list.filter((number) => number >= bad);
      return { runs: 1, figure: Math.max(...list), wrong: found.map((number) => `${number} is in it`) };
    },
    tell: (list) => list.map((number) => `take ${number}`),
    *smaller(list) {
      for (const left of list.keys()) if (list.length > 1) yield list.filter((_, at) => at !== left);
    },
    worst: (figure) => `the largest was ${figure}`,
  });

const GOOD = numbers('all-is-well', 100);
const BROKEN = numbers('goes-wrong', 90);

async function run(words: readonly string[], scenarios: readonly Scenario[] = [GOOD, BROKEN]) {
  let out = '';
  let err = '';
  const written: number[] = [];
  const exit = await chaos(words, {
    scenarios,
    run: (one, seed, runs) => one.run(seed, runs ?? one.full),
    processes: 2,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    terminal: terminal({}, {}),
    now: () => 0,
    document: async ({ seed }) => void written.push(seed),
  });
  return { exit, out, err, written };
}

describe('exit status and output', () => {
  it('0 and one object when every promise held', async () => {
    const { exit, out } = await run(['--seed', '7', '--json'], [GOOD]);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual({
      seed: 7,
      scenarios: [
        {
          id: 'all-is-well',
          promise: 'no number from 100 on',
          runs: 50,
          violations: 0,
          worst: expect.stringMatching(/^the largest was \d+$/),
        },
      ],
    });
  });

  it('1 when one did not; the shortest history, its seed and the way to see it again on standard error', async () => {
    const { exit, out, err } = await run(['--seed', '7', '--json']);
    expect(exit).toBe(1);
    expect(JSON.parse(out).scenarios).toMatchObject([
      { id: 'all-is-well', violations: 0 },
      { id: 'goes-wrong', violations: 3 },
    ]);
    expect(err).toContain('goes-wrong does not hold with seed 7: no number from 90 on\n');
    // Eight numbers in the case, one in the history.
    expect(err).toMatch(/\n1\. take (9\d)\n {3}WRONG: \1 is in it\n/);
    expect(err).toContain('again: npm run chaos -- --seed 7 --scenario goes-wrong\n');
  });

  it('the same seed finds the same again, another one something else', async () => {
    const [first, again, other] = [
      await run(['--seed', '7']),
      await run(['--seed', '7']),
      await run(['--seed', '8']),
    ];
    expect(again).toEqual(first);
    // The text names the seed; what was drawn has to differ.
    const drawn = ({ err }: { err: string }) => err.match(/take \d+/g);
    expect(drawn(first)).toHaveLength(3);
    expect(drawn(other)).not.toEqual(drawn(first));
  });

  it('a table for people', async () => {
    const { out, err } = await run(['--seed', '7', '--runs', '4'], [GOOD]);
    expect(out).toMatch(
      /^scenario +runs +of +violations +time +worst\nall-is-well +4 +lists +0 +0 s +the largest was \d+\n/,
    );
    expect(out).toContain('seed 7, 0 s: every promise held\n');
    expect(err).toBe('1/1 all-is-well: 4 runs, 0 violations, 0.0 s\n');
  });

  it('--scenario takes some, in the order of the table; --runs says how many', async () => {
    const { out } = await run([
      '--json',
      '--scenario',
      'goes-wrong',
      '--scenario',
      'all-is-well',
      '--runs',
      '2',
    ]);
    expect(JSON.parse(out).scenarios).toMatchObject([{ id: 'all-is-well', runs: 2 }, { id: 'goes-wrong' }]);
    const again = await run(['--scenario', 'goes-wrong', '--runs', '9']);
    expect(again.err).toContain('again: npm run chaos -- --seed 1 --scenario goes-wrong --runs 9\n');
  });

  it('what a scenario throws is a violation', async () => {
    const thrown = scenario<string>({
      ...{ id: 'throws', promise: 'nothing is thrown', where: 'in process', unit: 'runs', full: 1, short: 1 },
      cases: () => ['one'],
      attempt: () => Promise.reject(new Error('out of paper')),
      tell: (one) => [one],
      worst: () => '',
    });
    const { exit, err } = await run([], [thrown]);
    expect(exit).toBe(1);
    expect(err).toContain('1. one\n   WRONG: Error: out of paper');
  });

  it('--help says everything', async () => {
    const { exit, out } = await run(['--help']);
    expect(exit).toBe(0);
    for (const word of ['--seed N', '--scenario ID', '--runs N', '--json', '--doc', 'goes-wrong'])
      expect(out).toMatch(new RegExp(`^  ${word} +\\S`, 'm'));
  });
});

it.each([
  [['--seed', 'seven'], '--seed "seven": expected a whole number'],
  [['--seed', '-1'], '--seed'],
  [['--seed', '12345678901234567890'], '"12345678901234567890"'],
  [['--runs', '0'], '--runs "0": expected a whole number of at most 15 digits, 1 or more'],
  [['--scenario', 'goes-worng'], '"goes-worng": there is no such scenario; the nearest is "goes-wrong"'],
  [['--sead', '7'], "'--sead'; the nearest is --seed"],
  [['goes-wrong'], "'goes-wrong'"],
  [['--doc', '--scenario', 'goes-wrong'], '--doc writes a table of every scenario'],
])('wrong usage %j: exit status 2, and the value is named', async (words, said) => {
  const { exit, out, err } = await run(words);
  expect([exit, out]).toEqual([2, '']);
  expect(err).toContain(said);
});

describe('docs/quality/reliability.md', () => {
  it('--doc writes the table of the run', async () => {
    expect((await run(['--doc', '--seed', '3'])).written).toEqual([3]);
    expect((await run(['--seed', '3'])).written).toEqual([]);
  });

  it('the table stands between its marks, and nothing else changes', async () => {
    const page = `before\n${BEGIN}\nold\n${END}\nafter\n`;
    const report = await GOOD.run(1, 2);
    const ran = [{ scenario: GOOD, report, seconds: 1 }];
    const once = withTable(page, { seed: 1, runs: null, ran, seconds: 60 });
    expect(once).toMatch(/^before\n<!--.*\n\n\| Scenario/);
    expect(once).toContain(
      '| `all-is-well` | no number from 100 on | 2 lists (in process) | 0 | the largest was ',
    );
    expect(once).not.toContain('old');
    expect(once.endsWith(`${END}\nafter\n`)).toBe(true);
    expect(withTable(once, { seed: 1, runs: null, ran, seconds: 60 })).toBe(once);
    expect(once).not.toContain('not a full run');
    expect(withTable(once, { seed: 1, runs: 2, ran, seconds: 60 })).toContain(
      'not a full run: 2 runs of each',
    );
    expect(() => withTable('no marks', { seed: 1, runs: null, ran, seconds: 60 })).toThrow('lacks the marks');
  });

  it('has a row for every scenario, and names no violation', () => {
    const page = readFileSync('docs/quality/reliability.md', 'utf8');
    const rows = page
      .slice(page.indexOf(BEGIN), page.indexOf(END))
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(rows.map((row) => row.split('`')[1])).toEqual(SCENARIOS.map(({ id }) => id));
    for (const row of rows) expect(row).toContain(' | 0 | ');
  });
});

it('npm run chaos: in processes of their own, with nothing but the object on standard output', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    'scripts/run.mjs',
    'chaos',
    ...[
      '--json',
      '--seed',
      '2',
      '--runs',
      '1',
      '--scenario',
      'lost-answer',
      '--scenario',
      'crash-everywhere',
    ],
  ]);
  expect(JSON.parse(stdout)).toMatchObject({
    seed: 2,
    scenarios: [
      { id: 'crash-everywhere', runs: 1, violations: 0 },
      { id: 'lost-answer', runs: 1, violations: 0 },
    ],
  });
  expect(stderr).toContain('2/2 ');
});
