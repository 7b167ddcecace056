import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sweepFigures } from '../bench/sweep.ts';

const SWEEPS_A_MONTH = 730;
/** Of verify in `s.yaml`: GB of memory, and as much of a processor. */
const SIZE = 0.25;

const page = readFileSync('docs/operate/operations.md', 'utf8');
const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 0 });

/** Cells of a line of a table, without the one that names it. */
const cells = (name: string): readonly string[] =>
  (page.split('\n').find((line) => line.startsWith(`| ${name}`)) ?? '')
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());

it.each([
  ['1 role', 0, 1],
  ['100 roles', 1, 100],
])(
  'docs/operate/operations.md has the costs of sweeps over %s as they are counted',
  async (_what, column, roles) => {
    const { seconds, callsPerRole } = await sweepFigures(roles);
    const calls = Math.round(callsPerRole * roles);
    const rows = {
      'one sweep: seconds': seconds.toFixed(1),
      'one sweep: calls': number(calls),
      'a month of sweeps: invocations': number(SWEEPS_A_MONTH),
      'a month of sweeps: GB-s': number(seconds * SIZE * SWEEPS_A_MONTH),
      'a month of sweeps: calls': number(calls * SWEEPS_A_MONTH),
    };
    const shown = Object.fromEntries(Object.keys(rows).map((name) => [name, cells(name)[column]]));
    expect(shown).toEqual(rows);
  },
);

describe('what docs/operate/operations.md repeats of docs/quality/performance.json is about what stands there', () => {
  const { sweep, memory, coldLoad } = JSON.parse(readFileSync('docs/quality/performance.json', 'utf8'));
  const names = ['intake', 'provision', 'verify'];
  const figuresIn = (text = '') =>
    [...text.matchAll(/\d[\d,.]*\d|\d/g)].map(([one]) => Number(one.replaceAll(',', '')));

  it.each<[string, readonly number[], readonly number[]]>([
    [
      'memory',
      figuresIn(cells('memory')[3]?.split('of 1,000')[0]),
      [...names.map((name) => memory[name].peakMb), 100, sweep.peakRssMb],
    ],
    [
      'processor time of loading',
      figuresIn(cells('processor')[3]).slice(1),
      names.map((name) => coldLoad.processor[`${name}Ms`] / 1_000),
    ],
    ['seconds of a sweep over 1,000 roles', figuresIn(cells('one sweep: seconds')[2]), [sweep.seconds]],
    [
      'calls of a sweep over 1,000 roles',
      figuresIn(cells('one sweep: calls')[2]),
      [sweep.callsPerRole * 1_000],
    ],
    [
      'a month of sweeps over 1,000 roles',
      figuresIn(cells('a month of sweeps: GB-s')[2]),
      [sweep.seconds * SIZE * SWEEPS_A_MONTH],
    ],
    [
      'calls of a month of sweeps over 1,000 roles',
      figuresIn(cells('a month of sweeps: calls')[2]),
      [sweep.callsPerRole * 1_000 * SWEEPS_A_MONTH],
    ],
  ])('%s', (_what, shown, measured) => {
    expect(shown).toHaveLength(measured.length);
    for (const [index, one] of measured.entries())
      expect(Math.abs((shown[index] ?? 0) - one), `${shown[index]} for ${one}`).toBeLessThanOrEqual(one / 5);
  });
});
