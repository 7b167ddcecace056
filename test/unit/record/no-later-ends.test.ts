import { describe, expect, it } from 'vitest';
import { withNoLaterEnds } from '../../../shared/record/no-later-ends.ts';
import { readRecord, recordTags } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';

/** Where approvals are asked for, taking something away lets nothing end later. */

const NOW = millis(Date.parse('2026-11-23T10:00:00.000Z'));
const AT = '2026-11-23T09:00:00.000Z';
const [SOON, LATE] = ['2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'];
const granted = (until?: string) => `granted ${AT}${until === undefined ? '' : ` until ${until}`}`;
const recordOf = (redis?: string) =>
  readRecord(new Map(redis === undefined ? [] : [['dms-engine-redis', redis]]), NOW);
const redisOf = (before: string | undefined, after: string) =>
  recordTags(withNoLaterEnds(recordOf(before), recordOf(after))).get('dms-engine-redis');

describe('what is granted after something was taken away', () => {
  it.each([
    ['ends no later than before', granted(SOON), granted(LATE), granted(SOON)],
    ['has an end where it had one', granted(SOON), granted(), granted(SOON)],
    ['ends earlier where it is so now', granted(LATE), granted(SOON), granted(SOON)],
    ['has no end where it had none', granted(), granted(), granted()],
    ['keeps its end where it had none', granted(), granted(SOON), granted(SOON)],
    ['keeps its end where nothing was granted', undefined, granted(LATE), granted(LATE)],
    ['keeps its end where it was revoked', `revoked ${AT}`, granted(LATE), granted(LATE)],
    ['does not come back where it had run out', `revoked ${AT} until ${SOON}`, granted(), granted(SOON)],
    [
      'is left alone where it is revoked',
      granted(SOON),
      `revoked ${AT} until ${LATE}`,
      `revoked ${AT} until ${LATE}`,
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(recordOf(after).unreadable).toEqual([]);
    expect(redisOf(before, after)).toBe(expected);
  });
});
