import { describe, expect, it } from 'vitest';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import { EMPTY_RECORD, grantedBy } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { at } from '../../kit/time.ts';

describe('of two grants of one engine', () => {
  const grant = (seconds: number, instances?: readonly string[], until: number | null = null): Change => ({
    action: 'grant',
    ids: ['redis'],
    at: at(seconds),
    until: until === null ? null : at(until),
    ...(instances === undefined ? {} : { narrowed: new Map([['redis', instances]]) }),
  });
  const recordAfter = (...changes: Change[]) =>
    changes.reduce((record, change) => applyChange(record, change).record, EMPTY_RECORD);
  const entry = (...changes: Change[]) => recordAfter(...changes).entries.get('redis');
  const revoke = (seconds: number, ids: readonly 'redis'[] | 'all' = ['redis']): Change => ({
    action: 'revoke',
    ids,
    at: at(seconds),
  });

  it('each is written as it is: for all, for some, for reading', () => {
    expect(entry(grant(1))).toStrictEqual({ state: 'granted', at: at(1), until: null, byDefault: true });
    expect(entry(grant(1, ['r-1']))?.instances).toEqual(['r-1']);
    expect(entry(grant(1, []))?.instances).toEqual([]);
  });

  it('of one millisecond the narrower holds, and of two as narrow always the same, whichever comes first', () => {
    for (const [one, other, holds] of [
      [grant(1), grant(1, ['r-1']), ['r-1']],
      [grant(1, ['r-1', 'r-2']), grant(1, ['r-3']), ['r-3']],
      [grant(1, []), grant(1, ['r-3']), []],
      [grant(1, ['r-1', 'r-3']), grant(1, ['r-1', 'r-2']), ['r-1', 'r-2']],
    ] as const) {
      expect(entry(one, other)?.instances).toEqual(holds);
      expect(entry(other, one)?.instances).toEqual(holds);
    }
  });

  it('of one millisecond the one that ends first holds, whatever they are for', () => {
    for (const [one, other] of [
      [grant(1, ['r-1']), grant(1, ['r-1', 'r-2'], 60)],
      [grant(1, ['r-1'], 90), grant(1, ['r-1', 'r-2'], 60)],
    ] as const) {
      expect(entry(one, other)?.until).toBe(at(60));
      expect(entry(other, one)?.until).toBe(at(60));
    }
  });

  it('a later one moves the stamp, unless it is for everything and without an end', () => {
    expect(entry(grant(1), grant(2))?.at).toBe(at(1));
    expect(entry(grant(1, ['r-1']), grant(2, ['r-1']))?.at).toBe(at(2));
    expect(entry(grant(1, undefined, 60), grant(2, undefined, 60))?.at).toBe(at(2));
  });

  it('the first millisecond of all is as good a time as the next', () => {
    const first = { action: 'grant', ids: ['redis'], at: millis(0), until: null } as const;
    expect(applyChange(EMPTY_RECORD, first)).toMatchObject({
      record: { entries: new Map([['redis', { state: 'granted', at: 0, until: null, byDefault: true }]]) },
      superseded: [],
    });
    expect(grantedBy(recordAfter(first), at(0)).engines).toEqual(['redis']);
  });

  it('one that was closed in the same millisecond is over, and its copy is told so', () => {
    expect(applyChange(recordAfter(grant(3), revoke(3, 'all')), grant(3)).superseded).toEqual(['redis']);
  });

  it('a revoke overtakes no revoke: not one that stands for an end, nor one after a closing', () => {
    const ended = recordAfter(grant(1, undefined, 60), { action: 'expire', now: at(60) });
    expect(applyChange(ended, revoke(0)).superseded).toEqual([]);
    expect(applyChange(recordAfter(revoke(5)), revoke(3, 'all')).superseded).toEqual([]);
  });
});
