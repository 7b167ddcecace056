import { describe, expect, it } from 'vitest';
import { applyChange } from '../../../shared/record/apply-change.ts';
import { endedIds, lastChange } from '../../../shared/record/expiry.ts';
import {
  type AccessRecord,
  EMPTY_RECORD,
  type GrantId,
  readRecord,
  recordTags,
  userId,
  userNames,
} from '../../../shared/record/record.ts';
import { at } from '../../kit/time.ts';

const granted = (until: number | null, on = 0) => ({
  state: 'granted' as const,
  at: at(on),
  until: until === null ? null : at(until),
});
const record = (
  entries: Record<string, ReturnType<typeof granted>>,
  closedAt: number | null = null,
): AccessRecord => ({
  entries: new Map(Object.entries(entries) as [GrantId, ReturnType<typeof granted>][]),
  closedAt: closedAt === null ? null : at(closedAt),
  unreadable: [],
});

describe('what has ended', () => {
  it('is what had an end and has reached it, by name', () => {
    const all = record({ redis: granted(10), gdb: granted(5), rds: granted(20), lindorm: granted(null) });
    expect(endedIds(all, at(4))).toEqual([]);
    expect(endedIds(all, at(5))).toEqual(['gdb']);
    expect(endedIds(all, at(10))).toEqual(['gdb', 'redis']);
    expect(endedIds(all, at(99))).toEqual(['gdb', 'rds', 'redis']);
  });
});

describe('the last time that a record speaks of', () => {
  const all = record({ redis: granted(10), gdb: granted(null, 3) }, 7);
  it('is that of a request, of a closing or of an end', () => {
    expect([lastChange(all), lastChange(record({ gdb: granted(null, 3) }, 7))]).toEqual([at(10), at(7)]);
    expect(lastChange(EMPTY_RECORD)).toBeNull();
  });
  it('is none that lies after another time', () => {
    expect([10, 9, 7, 6, 3, 2, 0].map((until) => lastChange(all, at(until)))).toEqual(
      [10, 7, 7, 3, 3, 0, 0].map((seconds) => at(seconds)),
    );
    expect(lastChange(all, at(-1))).toBeNull();
  });
});

describe('users', () => {
  it('are known by their names in small letters', () => {
    expect(userId('DBA.One')).toBe('user:dba.one');
    expect(userNames(['account', 'user:b', 'redis', 'user:a'])).toEqual(['b', 'a']);
  });
});

it('a tag with an end that is none is unreadable, and one without is not', () => {
  const read = (value: string) => readRecord(new Map([['dms-engine-redis', value]]), at(9e9));
  expect(read('granted 2026-11-23T10:00:00.000Z until soon').unreadable).toEqual(['dms-engine-redis']);
  expect(read('granted 2026-11-23T10:00:00.000Z').unreadable).toEqual([]);
});

describe('of one millisecond', () => {
  it('a grant, its copy and an equal revoke change nothing', () => {
    const once = applyChange(EMPTY_RECORD, { action: 'grant', ids: ['redis'], at: at(1), until: at(9) });
    const twice = applyChange(once.record, { action: 'grant', ids: ['redis'], at: at(1), until: at(9) });
    expect([recordTags(twice.record), twice.superseded]).toEqual([recordTags(once.record), []]);
    const gone = applyChange(once.record, { action: 'revoke', ids: ['redis'], at: at(2) });
    expect(gone.superseded).toEqual([]);
    expect(applyChange(gone.record, { action: 'revoke', ids: ['redis'], at: at(2) })).toMatchObject({
      record: gone.record,
      superseded: [],
    });
    expect(applyChange(gone.record, { action: 'revoke', ids: ['redis'], at: at(1) })).toMatchObject({
      record: gone.record,
      superseded: [],
    });
  });

  it('writing down what has run out supersedes nothing', () => {
    expect(applyChange(record({ redis: granted(5) }), { action: 'expire', now: at(6) }).superseded).toEqual(
      [],
    );
  });
});
