import { expect, it } from 'vitest';
import { showSweep } from '../../../cli/sweep/words.ts';
import { terminal } from '../../../cli/ui/terminal.ts';
import type { SweepReport } from '../../../events/sweep-report.ts';

const PLAIN = terminal({}, {});
const NOTHING: SweepReport = {
  ...{ roles: 0, failed: 0, unjudged: 0, trouble: null, unmanaged: 0, gone: 0, policies: 0, asked: 0 },
  ...{ changed: 0, notices: 0, unconfirmed: 0, narrowed: 0, unread: null, repairable: 0, repairs: 0 },
  ...{ refused: false, after: null },
};
const ALL: SweepReport = {
  ...{ roles: 1, failed: 2, unjudged: 3, trouble: 'RAM\u001b is down', unmanaged: 4, gone: 5, policies: 6 },
  ...{ changed: 7, notices: 8, asked: 9, unconfirmed: 10, narrowed: 11, unread: 'no\u001b right' },
  ...{ repairable: 13, repairs: 12, refused: false, after: 'dms-cross-account-1' },
};

it('a sweep of nothing shows the figures that are always of interest, and nothing else', () => {
  expect(showSweep(NOTHING, PLAIN)).toBe(`count  of what
0      roles of ours, judged
0      of them with a check that fails: "npx dms-handshake list" names them
0      policies of ours, looked at
0      changes that were told, on the reply topic
0      things that were due (ends, deletions) and that provision was asked for`);
});

it('a sweep that found everything shows every figure, and what to do', () => {
  expect(showSweep(ALL, PLAIN)).toBe(`count  of what
1      roles of ours, judged
2      of them with a check that fails: "npx dms-handshake list" names them
3      roles that could not be looked at; the next sweep looks again
4      roles of our name or tag that are not ours to write on; the owner is told of each
5      roles that somebody has deleted since the last sweep
6      policies of ours, looked at
7      changes that were told, on the reply topic
8      notices that were told: of ends that are near, of reviews that are due, of roles that nobody uses
9      things that were due (ends, deletions) and that provision was asked for
10     roles that nobody has confirmed after their review was told
11     of them that provision was asked to narrow; the others are for the next sweeps
13     roles that a repair would put right
12     repairs that provision was asked for
the first that could not be looked at: RAM\\u001b is down
who used the roles could not be read: no\\u001b right; npx dms-handshake list says what is missing
not repaired: HEAL is not true in s.yaml; the same request sent again repairs its role, too
time was up after dms-cross-account-1; the functions go on from there by themselves`);
});

const REPAIRS = 'repairs that provision was asked for';
it.each([
  ['are to be asked for', { repairable: 3 }, 'not repaired: HEAL is not true in s.yaml; the same request'],
  ['are all asked for', { repairable: 3, repairs: 3 }, REPAIRS],
  [
    'are too many',
    { repairable: 3, repairs: 1, refused: true },
    'nothing was repaired: too many roles differ at once to be drift; find out what they have in common',
  ],
])('its last line says where repairs %s', (_what, figures, words) => {
  const last = showSweep({ ...NOTHING, ...figures }, PLAIN)
    .split('\n')
    .at(-1);
  expect(last).toContain(words);
});

it.each([
  ['failed', true],
  ['unjudged', true],
  ['unmanaged', true],
  ['gone', true],
  ['roles', false],
  ['changed', false],
  ['repairable', false],
] as const)('%s is red where it is not nothing: %j', (figure, isRed) => {
  const to = terminal({ isTTY: true, columns: 200 }, {});
  const shown = showSweep({ ...NOTHING, [figure]: 1 }, to);
  expect(shown.includes(to.colors.red('1'))).toBe(isRed);
  expect(showSweep(NOTHING, to)).not.toContain(to.colors.red('0'));
});
