import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../cli/history/events.ts';
import { spansOf } from '../../../cli/history/timeline.ts';
import { outcomeLineSchema, writeLineSchema } from '../../../events/history.ts';
import { outcomeSchema } from '../../../events/outcome.ts';
import { outcomeLine, seenLine } from '../../../shared/requests/history-line.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { sample } from '../../kit/samples.ts';
import { START } from '../../kit/time.ts';

const outcome = {
  ...outcomeSchema.parse(sample('outcome')),
  at: START,
  before: [],
  after: ['gdb read-only', 'redis until 2026-12-29T00:00:00.000Z on r-1'],
  approvedBy: 'alice',
};
const { requesterUid } = outcome;
if (requesterUid === null) throw new Error('the sample is about nobody');
const ASKED = { since: 0, now: new Map<string, readonly string[]>() };
const toldAt = (over: object = {}) =>
  outcomeLineSchema.parse(
    outcomeLine({ ...outcome, ...over }, { status: 'verified', problem: null }, millis(START)),
  );
const seenAt = (ms: number, after: readonly string[] = outcome.after, requestId = outcome.requestId) =>
  writeLineSchema.parse(seenLine({ ...outcome, requesterUid, requestId }, after, millis(START + ms)));
const NOTHING = { before: null, after: null, changes: [], approvedBy: null };

describe('what an outcome says was granted', () => {
  it('is shown where provision wrote down at that time that it found the same', () => {
    expect(eventsOf([seenAt(2), toldAt()], ASKED)).toMatchObject([
      { status: 'verified', after: outcome.after, approvedBy: 'alice' },
    ]);
  });

  it('is shown where one of the two lines had no room for how far it goes', () => {
    const short = ['gdb read-only', 'redis until 2026-12-29T00:00:00.000Z on 1 instances'];
    expect(eventsOf([seenAt(2, short), toldAt()], ASKED)).toMatchObject([{ approvedBy: 'alice' }]);
  });

  it.each([
    ['provision wrote nothing', []],
    ['it wrote of another request', [seenAt(2, outcome.after, 'r-other')]],
    ['it found something else', [seenAt(2, ['redis'])]],
    ['it wrote that earlier, of the outcome that this one copies', [seenAt(-3_600_000)]],
    ['it wrote that long after', [seenAt(3_600_000)]],
  ])('is not shown where %s: somebody else has made it up', (_what, writes) => {
    expect(eventsOf([...writes, toldAt()], ASKED)).toMatchObject([{ status: 'verified', ...NOTHING }]);
  });
});

it('a look at a role that grants more than a line holds is no write that nobody answered for', () => {
  const users = Array.from({ length: 14 }, (_, n) => `user:${String(n).padEnd(64, 'x')}`);
  const line = seenAt(2, users);
  expect(line.after).not.toEqual(users);
  expect(eventsOf([line], ASKED)).toEqual([]);
  expect(spansOf([line], null)).toEqual([{ from: START + 2, grants: users }]);
});
