import { describe, expect, it } from 'vitest';
import { RecentWrites } from '../../../shared/reconcile/recent-writes.ts';
import { readRecord } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { TestClock } from '../../kit/clock.ts';

const NOW = Date.parse('2026-11-23T10:00:00.000Z');
const SAME = '2026-11-23T09:59:59.000Z';
const WIDE = `granted ${SAME}`;
const NARROW = `granted ${SAME} on r-1`;
const tags = (entry: string) => new Map([['dms-engine-redis', entry]]);
const recordOf = (entry: string) => readRecord(tags(entry), millis(NOW));

/** Redis as one reading and the writes of this instance show it together. */
async function together(read: string, ...written: readonly string[]) {
  const memory = new RecentWrites();
  const writer = memory.writer({ apply: async () => 'done' }, new TestClock(NOW));
  for (const entry of written)
    await writer.apply('role', {
      operation: 'tag-role',
      tags: tags(entry),
      target: 'role',
      reason: 'a test',
    });
  return memory.newest('role', recordOf(read)).entries.get('redis');
}

describe('of entries of one millisecond the narrower counts', () => {
  const narrow = recordOf(NARROW).entries.get('redis');

  it.each([
    ['read and written here', NARROW, [WIDE]],
    ['written here and read', WIDE, [NARROW]],
    ['first of two that were written here', WIDE, [NARROW, WIDE]],
    ['second of two that were written here', WIDE, [WIDE, NARROW]],
  ])('%s', async (_what, read, written) => {
    expect(narrow).toBeDefined();
    expect(await together(read, ...written)).toEqual(narrow);
  });
});
