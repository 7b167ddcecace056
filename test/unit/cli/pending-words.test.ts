import { expect, it } from 'vitest';
import { heldThen } from '../../../cli/approval/held-then.ts';
import { wordsOf } from '../../../cli/approval/pending.ts';
import { readRecord } from '../../../shared/record/record.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { at, DAY, START } from '../../kit/time.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const record = readRecord(
  new Map([
    ['dms-engine-redis', `granted ${iso(START)} until ${iso(START + DAY)} read-only`],
    ['dms-engine-gdb', `granted ${iso(START)} until ${iso(START + 2 * DAY)}`],
    ['dms-engine-lindorm', `revoked ${iso(START)}`],
  ]),
  at(60),
);
const EXTEND = { requesterUid: REQUESTER, requestId: 'r', action: 'extend', expiresAt: 'never' };

it('an extension is shown with what it is about, how far that goes and when it ends', () => {
  const granted = heldThen(record, at(60));
  expect(wordsOf({ request: EXTEND, granted }).split('\n')).toEqual([
    'action "extend"',
    'expiresAt "never"',
    'granted then: gdb (until 2026-11-25 10:00), redis (only reads, until 2026-11-24 10:00)',
  ]);
  expect(wordsOf({ request: { ...EXTEND, action: 'grant' }, granted })).toBe(
    'action "grant"\nexpiresAt "never"',
  );
});

it.each([
  ['all but whose it is', { requesterUid: 'x', requestId: 'y', engines: ['gdb'] }, 'engines ["gdb"]'],
  [
    'nothing that says nothing',
    { engines: [], reference: undefined, access: 'register' },
    'access "register"',
  ],
  ['an empty text', { reference: '' }, 'reference ""'],
  ['what nobody can see', { reference: 'a\u202eb' }, 'reference "a\\u202eb"'],
  ['an extension of nothing', { action: 'extend' }, 'action "extend"\ngranted then: nothing'],
  [
    'the way out where there are none',
    null,
    'not found in the queue of replies: approve it with --request FILE',
  ],
])('the words of a request are %s', (_what, request, words) => {
  expect(wordsOf({ request, granted: '' })).toBe(words);
});
