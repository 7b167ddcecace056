import { describe, expect, it, vi } from 'vitest';
import { grantWords, minute } from '../../../cli/ui/grant-words.ts';
import { table, wrap } from '../../../cli/ui/table.ts';
import { type Terminal, terminal } from '../../../cli/ui/terminal.ts';
import { pieces } from '../../../cli/ui/width.ts';
import type { Grant } from '../../../events/grant.ts';

const PIPE = terminal({}, {});
const wide = (width: number): Terminal => ({ ...PIPE, width });
const lines = (head: readonly string[], rows: readonly (readonly string[])[], to: Terminal) =>
  table(head, rows, to).split('\n');

describe('a table', () => {
  it('has no spaces at the end of a line', () => {
    expect(lines(['a', 'b', 'c'], [['x', '', '']], PIPE)).toEqual(['a  b  c', 'x']);
  });

  it('makes no line as long as the longest text of the last column', () => {
    const spaces = vi.spyOn(String.prototype, 'repeat');
    lines(
      ['a', 'b'],
      [
        ['xxx', 'y'.padEnd(1_000, 'y')],
        ['z', 'z'],
      ],
      PIPE,
    );
    const most = Math.max(...spaces.mock.calls.map(([times]) => times));
    spaces.mockRestore();
    expect(most).toBe(4);
  });

  it('takes a row of fewer cells', () => {
    expect(lines(['a', 'b'], [['x']], PIPE)).toEqual(['a  b', 'x']);
    expect(lines(['a', 'b', 'c'], [['x']], PIPE)).toEqual(['a  b  c', 'x']);
    expect(lines(['a', 'b'], [['x'], ['y', 'z'.repeat(9)]], wide(7))).toEqual([
      'a: x',
      'b: ',
      '',
      'a: y',
      'b:',
      'z'.repeat(9),
    ]);
  });

  it('is one as long as its last column is as wide as its widest line, or can be read', () => {
    const rows = [['x'.repeat(9), 'a\nabcdefgh']];
    expect(lines(['n', 'c'], rows, wide(19))).toEqual([
      'n          c',
      'xxxxxxxxx  a',
      '           abcdefgh',
    ]);
    expect(lines(['n', 'c'], rows, wide(18))).toEqual(['n: xxxxxxxxx', 'c: a', 'abcdefgh']);
    const long = [['x'.repeat(9), 'y'.repeat(30)]];
    const gap = ' '.repeat(11);
    expect(lines(['n', 'c'], long, wide(35))).toEqual([
      'n          c',
      `xxxxxxxxx  ${'y'.repeat(24)}`,
      `${gap}${'y'.repeat(6)}`,
    ]);
    expect(lines(['n', 'c'], long, wide(34))).toEqual(['n: xxxxxxxxx', `c: ${'y'.repeat(30)}`]);
  });

  it('of blocks is at least ten columns wide, however narrow the terminal is', () => {
    expect(lines(['n', 'c'], [['abc', 'abcdefghij klm']], wide(4))).toEqual([
      'n: abc',
      'c:',
      'abcdefghij',
      'klm',
    ]);
  });

  it('counts a character that takes two columns as two', () => {
    expect(lines(['n', 'c'], [['角色', 'x']], PIPE)).toEqual(['n     c', '角色  x']);
  });
});

it('a character that is wider than the line stands alone on one', () => {
  expect(wrap('角色', 1)).toEqual(['角', '色']);
  expect(pieces('角色', 1)).toEqual(['角', '色']);
  expect(wrap('ab角', 3)).toEqual(['ab', '角']);
  expect(wrap('ab c', 4)).toEqual(['ab c']);
});

describe('grants in words', () => {
  const grant = (id: string, over: Partial<Grant> = {}): Grant => ({
    ...{ id, expiresAt: null, instances: null, readOnly: false },
    ...over,
  });
  const [SOON, LATE] = ['2026-11-23T10:00:59.000Z', '2027-01-01T00:00:00.000Z'];

  it.each<[what: string, grants: readonly Grant[], words: string]>([
    ['nothing', [], ''],
    ['ids', [grant('redis'), grant('gdb')], 'redis, gdb'],
    ['whom a console role trusts', [grant('account'), grant('user:ada')], 'whole account, ada'],
    ['a name that has the word in it', [grant('user:user:ada')], 'user:ada'],
    ['no other word like it', [grant('superuser:x')], 'superuser:x'],
    ['one end of all, which stands elsewhere', [grant('redis', { expiresAt: SOON })], 'redis'],
    [
      'each end where they differ',
      [grant('redis', { expiresAt: SOON }), grant('gdb', { expiresAt: LATE }), grant('rds')],
      'redis (until 2026-11-23 10:00), gdb (until 2027-01-01 00:00), rds (no end)',
    ],
    ['instances', [grant('redis', { instances: ['r-1', 'r-2'] })], 'redis (modifies only r-1 r-2)'],
    ['reading', [grant('redis', { readOnly: true, instances: ['r-1'] })], 'redis (only reads)'],
    [
      'scope and end',
      [grant('redis', { readOnly: true }), grant('gdb', { expiresAt: LATE, instances: ['g'] })],
      'redis (only reads, no end), gdb (modifies only g, until 2027-01-01 00:00)',
    ],
  ])('are %s', (_what, grants, words) => {
    expect(grantWords(grants)).toBe(words);
  });

  it('have times to the minute, and a mark for none', () => {
    expect([minute(SOON), minute(null)]).toEqual(['2026-11-23 10:00', '-']);
  });
});
