import { describe, expect, it } from 'vitest';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import {
  type AccessRecord,
  EMPTY_RECORD,
  type GrantId,
  grantedBy,
  recordTags,
} from '../../../shared/record/record.ts';
import { at } from '../../kit/time.ts';

const grant = (
  seconds: number,
  until: number | 'never' | null = null,
  ids: readonly GrantId[] = ['redis'],
): Change => ({
  action: 'grant',
  ids,
  at: at(seconds),
  until: typeof until === 'number' ? at(until) : until,
});
const revoke = (seconds: number, ids: readonly GrantId[] | 'all' = ['redis']): Change => ({
  action: 'revoke',
  ids,
  at: at(seconds),
});

/** The record after deliveries in this order. */
const recordAfter = (...changes: Change[]): AccessRecord =>
  changes.reduce((record, change) => applyChange(record, change).record, EMPTY_RECORD);
const engines = (...changes: Change[]) => grantedBy(recordAfter(...changes), at(1_000)).engines;
const superseded = (record: AccessRecord, change: Change) => applyChange(record, change).superseded;

describe('of two requests about one engine', () => {
  it('the newer wins, whichever comes first', () => {
    expect(engines(grant(1), revoke(2))).toEqual([]);
    expect(engines(revoke(2), grant(1))).toEqual([]);
    expect(engines(revoke(1), grant(2))).toEqual(['redis']);
    expect(engines(grant(2), revoke(1))).toEqual(['redis']);
  });

  it('in the same millisecond, the revoke wins', () => {
    expect(engines(grant(1), revoke(1))).toEqual([]);
    expect(engines(revoke(1), grant(1))).toEqual([]);
  });

  it('in the same millisecond, the grant that ends first wins', () => {
    const ends = (...changes: Change[]) => recordAfter(...changes).entries.get('redis')?.until;
    for (const [one, other] of [
      [grant(1, 90), grant(1, 80)],
      [grant(1, 80), grant(1, 90)],
      [grant(1), grant(1, 80)],
      [grant(1, 80), grant(1)],
    ] as const)
      expect(ends(one, other)).toBe(at(80));
  });

  it('the older is told that it was overtaken', () => {
    expect(superseded(recordAfter(revoke(2)), grant(1))).toEqual(['redis']);
    expect(superseded(recordAfter(grant(2)), revoke(1))).toEqual(['redis']);
    expect(superseded(recordAfter(grant(2, 90)), grant(1, 80))).toEqual(['redis']);
    // It says nothing that the newer one does not say, too.
    expect(superseded(recordAfter(grant(2, 90)), grant(1))).toEqual([]);
    expect(superseded(recordAfter(revoke(2, 'all')), grant(1))).toEqual(['redis']);
    expect(superseded(recordAfter(grant(2)), revoke(1, 'all'))).toEqual(['redis']);
  });

  it('the newer is not', () => {
    expect(superseded(recordAfter(grant(1)), revoke(2))).toEqual([]);
    expect(superseded(recordAfter(revoke(1)), grant(2))).toEqual([]);
    expect(superseded(recordAfter(grant(1)), revoke(2, 'all'))).toEqual([]);
  });
});

describe('requests about different engines', () => {
  it('do not touch each other', () => {
    expect(engines(grant(5, null, ['redis']), grant(1, null, ['gdb']), revoke(3, ['lindorm']))).toEqual([
      'gdb',
      'redis',
    ]);
    expect(engines(grant(1, null, ['redis', 'gdb']), revoke(2, ['gdb']))).toEqual(['redis']);
  });

  it('of one delivery are overtaken one by one', () => {
    expect(superseded(recordAfter(revoke(5, ['redis'])), grant(3, null, ['gdb', 'redis']))).toEqual([
      'redis',
    ]);
  });
});

describe('a copy', () => {
  it.each([
    ['of a grant', grant(1)],
    ['of a grant with an end', grant(1, 90)],
    ['of a revoke', revoke(1)],
    ['of a closing', revoke(1, 'all')],
  ])('%s changes nothing: 0 writes', (_what, change) => {
    const once = recordAfter(change);
    const { record, superseded: overtaken } = applyChange(once, change);
    expect(recordTags(record)).toEqual(recordTags(once));
    expect(overtaken).toEqual([]);
  });

  it('that was published later changes nothing either, on the same terms', () => {
    expect(recordTags(recordAfter(grant(1), grant(9)))).toEqual(recordTags(recordAfter(grant(1))));
  });

  it('is none on other terms: the newer end holds', () => {
    expect(recordAfter(grant(1, 90), grant(2, 50)).entries.get('redis')?.until).toBe(at(50));
    expect(recordAfter(grant(1, 90), grant(2, 'never')).entries.get('redis')?.until).toBeNull();
  });

  it('of an older grant cannot bring back what was taken away in between', () => {
    expect(engines(grant(1), grant(3), revoke(2))).toEqual([]);
  });

  it('of a grant that was extended to no end cannot bring it back either', () => {
    const extended: Change = { action: 'extend', ids: ['redis'], at: at(2), until: 'never' };
    expect(engines(grant(1, 90), extended, revoke(3, 'all'), grant(4))).toEqual(['redis']);
    expect(engines(grant(1, 90), extended, grant(4), revoke(3, 'all'))).toEqual([]);
  });

  it('does not let a grant without an end come back that was published in between', () => {
    // In order: granted until 90, then for ever, then until 90 again. The last word has an end.
    const [first, between, last] = [grant(1, 90), grant(2, 'never'), grant(3, 90)];
    expect(recordAfter(first, between, last).entries.get('redis')?.until).toBe(at(90));
    expect(recordAfter(first, last, between).entries.get('redis')?.until).toBe(at(90));
  });

  it('of a revoke that was published later outlasts a grant in between', () => {
    expect(engines(revoke(1), revoke(3), grant(2))).toEqual([]);
  });
});

describe('closing a role', () => {
  it('takes away what was granted up to it, whatever comes in late', () => {
    expect(engines(grant(1), grant(2, null, ['gdb']), revoke(3, 'all'))).toEqual([]);
    expect(engines(revoke(3, 'all'), grant(1), grant(2, null, ['gdb']))).toEqual([]);
    expect(engines(grant(3), revoke(3, 'all'))).toEqual([]);
  });

  it('leaves what was granted after it', () => {
    expect(engines(grant(4), revoke(3, 'all'))).toEqual(['redis']);
    expect(engines(revoke(3, 'all'), grant(4))).toEqual(['redis']);
  });

  it('is not undone by an older closing', () => {
    expect(recordAfter(revoke(3, 'all'), revoke(1, 'all')).closedAt).toBe(at(3));
  });
});

describe('a grant that has run out', () => {
  const expire = (seconds: number): Change => ({ action: 'expire', now: at(seconds) });

  it('is written down as taken away, at its own time, with its end', () => {
    expect(recordAfter(grant(1, 60), expire(60)).entries.get('redis')).toEqual({
      state: 'revoked',
      at: at(1),
      until: at(60),
    });
  });

  it('is not written down before its end, nor when it has none', () => {
    expect(recordTags(recordAfter(grant(1, 60), expire(59)))).toEqual(recordTags(recordAfter(grant(1, 60))));
    expect(recordTags(recordAfter(grant(1), expire(9_999)))).toEqual(recordTags(recordAfter(grant(1))));
  });

  it('does not come back with a copy of its request', () => {
    expect(engines(grant(1, 60), expire(60), grant(1, 60))).toEqual([]);
    expect(engines(grant(1, 60), expire(60), grant(0))).toEqual([]);
  });

  it('comes back with a renewal, even one that was published before the end and arrives after it', () => {
    expect(engines(grant(1, 60), expire(60), grant(59, 5_000))).toEqual(['redis']);
  });

  it('is told apart from what was taken away by a request', () => {
    const { record } = applyChange(recordAfter(grant(1, 60), revoke(2)), expire(60));
    expect(record.entries.get('redis')).toMatchObject({ state: 'revoked', until: null });
  });
});

describe('a change', () => {
  it('leaves the record that it was given as it was', () => {
    const before = recordAfter(grant(1, 60));
    const tags = recordTags(before);
    for (const change of [grant(2), revoke(2), revoke(2, 'all'), { action: 'expire', now: at(99) } as const])
      applyChange(before, change);
    expect(recordTags(before)).toEqual(tags);
  });

  it('keeps what could not be read', () => {
    const odd = { ...EMPTY_RECORD, unreadable: ['dms-engine-gdb'] };
    expect(applyChange(odd, grant(1)).record.unreadable).toEqual(['dms-engine-gdb']);
  });

  it('about nothing changes nothing', () => {
    expect(applyChange(EMPTY_RECORD, grant(1, null, []))).toMatchObject({
      record: EMPTY_RECORD,
      superseded: [],
    });
  });

  it('that names an engine twice names it once', () => {
    expect(superseded(recordAfter(revoke(5)), grant(1, null, ['redis', 'redis']))).toEqual(['redis']);
  });
});
