import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import type { Entry } from '../../../shared/record/entry.ts';
import {
  type AccessRecord,
  EMPTY_RECORD,
  type GrantId,
  grantedBy,
  liveIds,
  recordTags,
  userId,
} from '../../../shared/record/record.ts';
import { fitTags, KEPT_FREE, MAX_TAGS, MAX_USERS } from '../../../shared/record/tag-budget.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { at, DAY } from '../../kit/time.ts';

const granted = (seconds = 0): Entry => ({ state: 'granted', at: at(seconds), until: null });
const revoked = (seconds = 0): Entry => ({ state: 'revoked', at: at(seconds), until: null });
const recordOf = (ids: readonly GrantId[], entry = granted()): AccessRecord => ({
  ...EMPTY_RECORD,
  entries: new Map(ids.map((id) => [id, entry])),
});
const users = (count: number): GrantId[] => Array.from({ length: count }, (_, n) => userId(`user-${n}`));
const others = (count: number): [string, string][] =>
  Array.from({ length: count }, (_, n) => [`other-${n}`, 'x']);
/** The tags of a role of ours with this record and so many tags of other people. */
const tagsOf = (record: AccessRecord, foreign = 0): ReadonlyMap<string, string> =>
  new Map([['managed-by', 'dms-handshake'], ...recordTags(record), ...others(foreign)]);

const tryFit = (before: AccessRecord, change: Change, foreign = 0, now = at(10)) =>
  fitTags(applyChange(before, change).record, before, tagsOf(before, foreign), change, now);
const grant = (...ids: GrantId[]): Change => ({ action: 'grant', ids, at: at(1), until: null });
const close: Change = { action: 'revoke', ids: 'all', at: at(1) };

describe('a grant', () => {
  it('of every engine and both connections fits, and leaves four tags free', () => {
    const all = tryFit(EMPTY_RECORD, grant(...ALL_ENGINES, 'vpc', 'dedicated-line'));
    expect('record' in all && tagsOf(all.record).size).toBe(MAX_TAGS - KEPT_FREE);
  });

  it('that could not be read again as it is written is refused as a fault of ours', () => {
    // No engine of this kind can be narrowed to instances.
    const spoilt = recordOf(['rds'], { ...granted(), instances: ['r-1'] });
    expect(() => fitTags(spoilt, EMPTY_RECORD, tagsOf(EMPTY_RECORD), grant('rds'), at(10))).toThrow(
      'could not be read again',
    );
    expect(fitTags(spoilt, EMPTY_RECORD, tagsOf(EMPTY_RECORD), close, at(10))).toMatchObject({ freed: [] });
  });

  it('of everything fits on a role that was closed before and has a verdict', () => {
    const before: AccessRecord = { ...EMPTY_RECORD, closedAt: at(0) };
    const change = grant(...ALL_ENGINES, 'vpc', 'dedicated-line');
    const present = new Map([...tagsOf(before), ['dms-verdict', 'verified']]);
    const all = fitTags(applyChange(before, change).record, before, present, change, at(10));
    expect('record' in all && all.freed).toEqual([]);
  });

  it.each([
    [MAX_USERS, 0, true],
    [MAX_USERS + 1, 0, false],
    [MAX_USERS, 1, true],
    [MAX_USERS, 2, false],
  ])('to %i users on a role with %i tags of other people: %s', (count, foreign, fits) => {
    expect('record' in tryFit(EMPTY_RECORD, grant(...users(count)), foreign)).toBe(fits);
  });

  it('of what is recorded already needs no more room, however full the role is', () => {
    const before = recordOf(['redis'], granted(-5));
    expect('record' in tryFit(before, { ...grant('redis'), until: at(500) } as Change, 18)).toBe(true);
    expect(tryFit(before, grant('gdb'), 17)).toEqual({ needed: 20, limit: 16 });
  });

  it('takes the room of what was revoked more than a day ago, and of nothing else', () => {
    const old = [userId('old-1'), userId('old-2')];
    const before: AccessRecord = {
      ...EMPTY_RECORD,
      entries: new Map<GrantId, Entry>([
        ...users(12).map((id): [GrantId, Entry] => [id, granted()]),
        ...old.map((id): [GrantId, Entry] => [id, revoked()]),
      ]),
    };
    const later = { ...grant(userId('new-1'), userId('new-2')), at: millis(at(0) + 2 * DAY) } as Change;
    expect(tryFit(before, later, 0, at(60))).toEqual({ needed: 17, limit: 16 });
    const fitted = tryFit(before, later, 0, millis(at(0) + 2 * DAY));
    expect('freed' in fitted && fitted.freed).toEqual(['dms-console-user-old-1', 'dms-console-user-old-2']);
  });
});

describe('taking away always fits', () => {
  it.each([
    ['sixteen users and the owner’s tags', recordOf(users(16)), 3],
    ['one engine among seventeen tags of an operator', recordOf(['redis']), 18],
    ['every engine, and a role that is full', recordOf(ALL_ENGINES), 6],
  ])('a close of %s', (_what, before, foreign) => {
    expect(tagsOf(before, foreign).size).toBe(20);
    const fitted = tryFit(before, close, foreign);
    if (!('record' in fitted)) throw new Error('refused');
    expect(liveIds(fitted.record, at(10))).toEqual([]);
    expect(new Set([...tagsOf(before, foreign).keys(), ...recordTags(fitted.record).keys()]).size).toBe(20);
    // A grant from before the close that comes after it gives nothing back.
    const late = applyChange(fitted.record, { ...grant(...before.entries.keys()), at: at(0) } as Change);
    expect(liveIds(late.record, at(10))).toEqual([]);
  });

  it('a close takes nothing of what was granted after it', () => {
    const before = recordOf(['redis', 'gdb'], granted(5));
    const fitted = tryFit(before, close, 17);
    expect('record' in fitted && grantedBy(fitted.record, at(10)).engines).toEqual(['gdb', 'redis']);
  });

  it('a revoke of an engine that has no entry and no room for one', () => {
    const before = recordOf(['redis']);
    const fitted = tryFit(before, { action: 'revoke', ids: ['redis', 'gdb'], at: at(1) }, 18);
    expect('record' in fitted && [...fitted.record.entries.keys()]).toEqual(['redis']);
    expect('record' in fitted && liveIds(fitted.record, at(10))).toEqual([]);
  });

  it('for any record, any tags and any change', () => {
    const ids = fc.subarray<GrantId>([...ALL_ENGINES, 'vpc', 'dedicated-line', 'account', ...users(16)], {
      maxLength: 19,
    });
    const change = fc.oneof(
      fc.record({
        action: fc.constant('revoke' as const),
        ids: fc.constant('all' as const),
        at: fc.constant(at(1)),
      }),
      fc.record({ action: fc.constant('revoke' as const), ids, at: fc.constant(at(1)) }),
      fc.record({ action: fc.constant('expire' as const), now: fc.constant(at(1)) }),
    );
    fc.assert(
      fc.property(ids, change, fc.nat(19), (had, wanted, foreign) => {
        const before = recordOf(had);
        const room = Math.min(foreign, MAX_TAGS - 1 - had.length);
        const fitted = tryFit(before, wanted, room);
        if (!('record' in fitted)) throw new Error('refused');
        const keys = new Set([...tagsOf(before, room).keys(), ...recordTags(fitted.record).keys()]);
        expect(keys.size - fitted.freed.length).toBeLessThanOrEqual(MAX_TAGS);
        const gone = wanted.action === 'expire' ? [] : wanted.ids === 'all' ? had : wanted.ids;
        const live = liveIds(fitted.record, at(10));
        expect(live).toEqual(had.filter((id) => !gone.includes(id)).sort());
      }),
      { numRuns: 300 },
    );
  });
});
