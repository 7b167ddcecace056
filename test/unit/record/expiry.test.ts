import { describe, expect, it } from 'vitest';
import { endedIds, expiredIds, expiryOf, lastChange } from '../../../shared/record/expiry.ts';
import { grantedList, grantsOf, sameGrants, sameRecord } from '../../../shared/record/granted-list.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { recordOf, timeOf } from './words.ts';

const ALL = recordOf({
  redis: 'granted 10 until 60',
  gdb: 'granted 10 until 30 default on r-1',
  rds: 'revoked 10 until 20',
  lindorm: 'granted 10',
  hologres: 'revoked 15',
  clickhouse: 'revoked 15 until 40 said 18 revoked 15',
});

describe('what has an end', () => {
  it.each([
    [29, 30, ['rds'], []],
    [30, 60, ['gdb', 'rds'], ['gdb']],
    [60, null, ['gdb', 'rds', 'redis'], ['gdb', 'redis']],
  ])('at %i: ends next at %s, has ended %j, not written down yet %j', (now, next, ended, unwritten) => {
    expect(expiryOf(ALL, millis(now))).toBe(next);
    expect(endedIds(ALL, millis(now))).toEqual(ended);
    expect(expiredIds(ALL, millis(now))).toEqual(unwritten);
  });

  it('is not what was closed; its grants have had their end', () => {
    const closed = { ...ALL, closedAt: millis(10) };
    expect([expiryOf(closed, millis(20)), expiredIds(closed, millis(90))]).toEqual([null, []]);
    expect(endedIds(closed, millis(90))).toEqual(['gdb', 'rds', 'redis']);
  });
});

describe('the last time that a record speaks of', () => {
  const emergency = { at: millis(1), until: millis(7), digest: 'd', reason: 'r' };
  it.each([
    ['a grant', recordOf({ redis: 'granted 10' }), 10],
    ['its end', recordOf({ redis: 'granted 10 until 60' }), 60],
    ['the end of one that has run out', recordOf({ redis: 'revoked 10 until 60' }), 60],
    ['a revoke, and not an end after it', recordOf({ redis: 'revoked 10 until 60 revoked 10' }), 10],
    ['when an end was said', recordOf({ redis: 'granted 10 said 12' }), 12],
    ['a close', recordOf({ redis: 'granted 3' }, { closedAt: millis(5) }), 5],
    ['the end of an emergency', recordOf({ redis: 'granted 3' }, { emergency }), 7],
    ['the end of a wait for approval', recordOf({ redis: 'granted 3' }, { askedUntil: millis(8) }), 8],
    ['nothing', EMPTY_RECORD, null],
  ])('is that of %s', (_what, record, last) => {
    expect(lastChange(record)).toBe(last);
  });

  it.each([
    [8, 8],
    [7, 7],
    [6, 3],
    [3, 3],
    [2, null],
  ])('up to %i is %s', (until, last) => {
    const record = recordOf({ redis: 'granted 3' }, { emergency, askedUntil: millis(8) });
    expect(lastChange(record, until)).toBe(last);
  });
});

describe('the list of what is granted', () => {
  const all = recordOf(
    {
      redis: 'granted 10 until 60 on r-1 r-2',
      gdb: 'granted 11 read-only',
      rds: 'granted 10 until 20',
      lindorm: 'granted 5',
    },
    { closedAt: millis(5) },
  );

  it('has each with its own end and scope, by id, and nothing of what ended or was closed', () => {
    expect(grantedList(all, millis(20))).toEqual([
      { id: 'gdb', expiresAt: null, instances: null, readOnly: true },
      {
        id: 'redis',
        expiresAt: '1970-01-01T00:00:00.060Z',
        instances: ['r-1', 'r-2'],
        readOnly: false,
      },
    ]);
  });

  it('of some ids has also what has ended, and nothing of what the record does not have', () => {
    expect(grantsOf(all, ['vpc', 'lindorm', 'rds'])).toEqual([
      { id: 'lindorm', expiresAt: null, instances: null, readOnly: false },
      { id: 'rds', expiresAt: '1970-01-01T00:00:00.020Z', instances: null, readOnly: false },
    ]);
  });

  it.each([
    ['for the same and as long', { redis: 'granted 12 until 60 said 11' }, true],
    ['to another end', { redis: 'granted 10 until 61' }, false],
    ['to no end', { redis: 'granted 10' }, false],
    ['for less', { redis: 'granted 10 until 60 on r-1' }, false],
    ['and more', { redis: 'granted 10 until 60', gdb: 'granted 10' }, false],
    ['and what has ended', { redis: 'granted 10 until 60', gdb: 'granted 10 until 20' }, true],
  ])('is the same where a record grants %s: %#', (_what, texts, isSame) => {
    const one = recordOf({ redis: 'granted 10 until 60' });
    expect(sameGrants(one, recordOf(texts), millis(20))).toBe(isSame);
  });
});

describe('two records', () => {
  const texts = { redis: 'granted 10 until 60', gdb: 'granted 11' } as const;
  it.each([
    ['in another order', recordOf({ gdb: texts.gdb, redis: texts.redis }), true],
    ['that say the same in other words', recordOf({ ...texts, redis: 'granted 12 until 60 said 10' }), false],
    ['of which one was closed', recordOf(texts, { closedAt: timeOf(1) }), false],
    ['of which one has less', recordOf({ redis: texts.redis }), false],
  ])('%s are one and the same: %#', (_what, other, isSame) => {
    expect(sameRecord(recordOf(texts), other)).toBe(isSame);
    expect(sameRecord(other, recordOf(texts))).toBe(isSame);
  });
});
