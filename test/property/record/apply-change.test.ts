import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import {
  type AccessRecord,
  EMPTY_RECORD,
  type GrantId,
  liveIds,
  recordTags,
} from '../../../shared/record/record.ts';
import { type Millis, millis } from '../../../shared/runtime/millis.ts';
import { change, FEW, START } from '../arbitraries.ts';

type Request = Extract<Change, { action: 'grant' | 'revoke' }>;

/** These histories are about grants that name their end, or that they have none: `ends.test.ts` has the others. */
const named = (one: Change): Change =>
  one.action === 'grant' && one.until === null ? { ...one, until: 'never' } : one;

const deliver = (changes: readonly Change[]): AccessRecord =>
  changes.reduce((record, one) => applyChange(record, named(one)).record, EMPTY_RECORD);

/** The rule in its plainest form: about every id the newest request decides; on a tie who grants less. */
function newestWins(history: readonly Request[], id: GrantId, now: Millis): boolean {
  const about = history.filter(({ ids }) => ids === 'all' || ids.includes(id));
  const end = (one: Request) => (one.action === 'revoke' ? 0 : Number(one.until ?? Number.POSITIVE_INFINITY));
  const last = about.toSorted((a, b) => a.at - b.at || end(b) - end(a)).at(-1);
  return last !== undefined && end(last) > now;
}

const live = (record: AccessRecord, now: Millis) => FEW.filter((id) => liveIds(record, now).includes(id));
const wanted = (history: readonly Request[], now: Millis) => FEW.filter((id) => newestWins(history, id, now));

/** Times at which a history of `soon` times may look different. */
const MOMENTS: readonly Millis[] = Array.from({ length: 32 }, (_, s) => millis(START + s * 1_000 - 500));

const never = fc.constant(null);
/** Few ends, so that grants repeat each other. */
const someEnd = fc.constantFrom(null, millis(START + 12_000), millis(START + 16_000));

/** A history in which no two grants say the same about the same id, so that none can pass for a copy of another. */
const distinct = fc
  .array(change(never), { maxLength: 8 })
  .map((changes) =>
    changes.map(
      (one, index): Request =>
        one.action === 'grant' && index > 0 ? { ...one, until: millis(START + 8_000 + index * 2_000) } : one,
    ),
  );

/** A history, and an order of its deliveries in which each comes at least once. */
const delivered = (history: fc.Arbitrary<readonly Request[]>) =>
  history.chain((requests) =>
    fc
      .tuple(
        fc.shuffledSubarray([...requests], { minLength: requests.length }),
        fc.array(fc.nat(), { maxLength: 4 }),
        fc.nat(),
      )
      .map(([order, copies, place]) => {
        const extra = copies.flatMap((index) => order[index % Math.max(1, order.length)] ?? []);
        const at = place % (order.length + 1);
        return { requests, order: [...order.slice(0, at), ...extra, ...order.slice(at), ...extra] };
      }),
  );

describe('the register of a role', () => {
  it('ends where the newest requests say, in any order and number of deliveries', () => {
    fc.assert(
      fc.property(delivered(distinct), ({ requests, order }) => {
        const record = deliver(order);
        for (const now of MOMENTS) expect(live(record, now)).toEqual(wanted(requests, now));
      }),
      { numRuns: 500 },
    );
  });

  it('never grants more than the newest requests say, also when grants repeat each other', () => {
    fc.assert(
      fc.property(delivered(fc.array(change(never), { maxLength: 8 })), ({ requests, order }) => {
        const record = deliver(order);
        for (const now of MOMENTS) {
          const most = wanted(requests, now);
          for (const id of live(record, now)) expect(most).toContain(id);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never grants more than the newest requests say, also when grants with an end repeat each other', () => {
    fc.assert(
      fc.property(delivered(fc.array(change(someEnd), { maxLength: 8 })), ({ requests, order }) => {
        const record = deliver(order);
        for (const now of MOMENTS) {
          const most = wanted(requests, now);
          for (const id of live(record, now)) expect(most).toContain(id);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('lets a revoke that is the newest win, whatever came before, between and after', () => {
    const last = fc.oneof(fc.subarray([...FEW], { minLength: 1 }), fc.constant('all' as const));
    fc.assert(
      fc.property(
        delivered(fc.array(change(someEnd), { maxLength: 8 })),
        last,
        fc.nat(20),
        ({ order }, ids, place) => {
          const revoke: Request = { action: 'revoke', ids, at: millis(START + 9_000) };
          const at = place % (order.length + 1);
          const record = deliver([...order.slice(0, at), revoke, ...order.slice(at)]);
          const gone = ids === 'all' ? FEW : ids;
          for (const now of MOMENTS) expect(live(record, now).filter((id) => gone.includes(id))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is not changed by a copy, then or later', () => {
    fc.assert(
      fc.property(distinct, fc.nat(), (history, pick) => {
        const record = deliver(history);
        const copies = history[pick % Math.max(1, history.length)];
        if (copies !== undefined)
          expect(recordTags(applyChange(record, named(copies)).record)).toEqual(recordTags(record));
      }),
      { numRuns: 500 },
    );
  });

  it('tells a request that it was overtaken exactly when the record does not say what it asked for', () => {
    fc.assert(
      fc.property(fc.array(change(someEnd), { maxLength: 8 }), change(someEnd), (history, request) => {
        const { record, superseded } = applyChange(deliver(history), named(request));
        const ids = request.ids === 'all' ? FEW : request.ids;
        for (const id of ids) {
          const entry = record.entries.get(id);
          const open = entry?.state === 'granted' && (record.closedAt === null || entry.at > record.closedAt);
          const asAsked = request.action === 'revoke' ? !open : open && entry.until === request.until;
          expect([id, superseded.includes(id)]).toEqual([id, !asAsked]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('grants the same from then on, when what has run out is written down', () => {
    fc.assert(
      fc.property(delivered(distinct), fc.nat(30), fc.nat(20), ({ requests, order }, second, place) => {
        const now = millis(START + second * 1_000);
        const at = place % (order.length + 1);
        const record = deliver([...order.slice(0, at), { action: 'expire', now }, ...order.slice(at)]);
        for (const moment of MOMENTS.filter((one) => one >= now))
          expect(live(record, moment)).toEqual(wanted(requests, moment));
      }),
      { numRuns: 500 },
    );
  });
});
