import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endRules } from '../../../shared/admission/end-rules.ts';
import type { EndRules } from '../../../shared/record/ends.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { MINUTE } from '../../kit/time.ts';
import { START } from '../arbitraries.ts';
import {
  delivered,
  type Held,
  heldIn,
  IDS,
  isRevokedLate,
  model,
  type Sent,
  standsAround,
} from './ends-model.ts';

const minute = (n: number) => millis(START + n * MINUTE);

/** Ends that pass while messages are still on their way, and some that do not. */
const end = (at: number) =>
  fc.oneof(
    fc.integer({ min: at + 1, max: at + 12 }).map(minute),
    fc.constantFrom(minute(600), minute(90_000), 'never' as const),
  );

const scope = fc.constantFrom(undefined, undefined, [], ['r-1'], ['r-1', 'r-2']);

const word = (at: number): fc.Arbitrary<Sent> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .record({
          ids: fc.subarray([...IDS], { minLength: 1 }),
          until: fc.option(end(at)),
          on: scope,
        })
        .map(({ on, ...rest }) => ({
          action: 'grant' as const,
          at: minute(at),
          ...(on === undefined ? {} : { narrowed: new Map([['redis', on]] as const) }),
          ...rest,
        })),
    },
    {
      weight: 2,
      arbitrary: fc
        .oneof(fc.subarray([...IDS], { minLength: 1 }), fc.constant('all' as const))
        .map((ids) => ({ action: 'revoke' as const, at: minute(at), ids })),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({
          ids: fc.oneof(fc.subarray([...IDS], { minLength: 1 }), fc.constant('all' as const)),
          until: end(at),
        })
        .map((rest) => ({ action: 'extend' as const, at: minute(at), ...rest })),
    },
  );

/** A history in which no two requests have one time, in some order of deliveries, and with copies. */
const deliveries = fc
  .uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 6 })
  .chain((times) => fc.tuple(...times.map(word)))
  .chain((history) =>
    fc.record({
      order: fc
        .array(fc.nat(history.length - 1), { maxLength: 4 })
        .chain((copies) =>
          fc.shuffledSubarray([...history.keys(), ...copies], { minLength: history.length + copies.length }),
        )
        .map((places) => places.flatMap((place) => history[place] ?? [])),
    }),
  );

const rules: fc.Arbitrary<EndRules> = fc
  .record({ defaultDays: fc.constantFrom(null, 1, 7), maxDays: fc.constantFrom(null, null, 30) })
  .map(endRules);

const isWider = (is: Pick<Held, 'scope'>, may: Pick<Held, 'scope'>): boolean =>
  may.scope !== null && (is.scope === null || is.scope.some((one) => !may.scope?.includes(one)));

describe('the ends of a record, whatever the order and number of deliveries', () => {
  it('are never later, and the scope never wider, than the requests say in their order', () => {
    let [cases, exact] = [0, 0];
    fc.assert(
      fc.property(deliveries, rules, ({ order }, ends) => {
        cases += 1;
        const { record, taken } = delivered(order.map((one) => ({ ...one, ends })));
        for (const now of [minute(31), minute(45), minute(700), minute(10_000), minute(100_000)]) {
          const held = heldIn(record, now);
          for (const id of IDS) {
            const may = model(taken, id, ends);
            const is = held.get(id);
            const context = JSON.stringify({ id, now, order, is, may });
            if (is !== undefined) {
              expect(may?.until ?? 0, context).toBeGreaterThanOrEqual(is.until);
              expect(isWider(is, may ?? { scope: [] }), context).toBe(false);
            }
            if (standsAround(taken, id) || isRevokedLate(order, id)) continue;
            exact += 1;
            const wanted =
              may !== null && may.until > now ? { scope: may.scope, until: may.until } : undefined;
            expect(is, context).toEqual(wanted);
          }
        }
      }),
      { numRuns: 4_000 },
    );
    expect(exact / cases).toBeGreaterThan(2.5);
  });
});
