import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cases } from '../../kit/cases.ts';
import { direct } from '../../kit/direct.ts';
import { asks, deliver, granted, reference, repeatsAcross } from './model.ts';

const RUNS = cases(1_500, 10);
const ONE = ['1000000000000001'];

/** A history, and the order in which its messages arrive: each at least once. */
const deliveries = asks(ONE, 8).chain((history) =>
  fc.record({
    history: fc.constant(history),
    order: fc
      .array(fc.integer({ min: 0, max: history.length - 1 }), { maxLength: 6 })
      .chain((copies) =>
        fc.shuffledSubarray([...history.keys(), ...copies], { minLength: history.length + copies.length }),
      ),
  }),
);

it('in any order and number of deliveries the newest request wins, and no more is granted than it says', async () => {
  let delivered = 0;
  let exact = 0;
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ history, order }) => {
      const at = await direct();
      at.clock.advance(60 * 60_000);
      for (const index of order) {
        const ask = history[index];
        if (ask === undefined) continue;
        delivered += 1;
        const outcome = await deliver(at, ask);
        if (outcome.problem?.code === 'superseded' && outcome.result === 'rejected')
          expect(outcome.writes).toBe(0);
        const before = at.writes.length;
        await deliver(at, ask);
        expect(at.writes.length).toBe(before);
      }
      const [requesterUid = ''] = ONE;
      const end = granted(at, requesterUid);
      const newest = reference(history, requesterUid, at.clock.now());
      if (repeatsAcross(history)) expect(newest).toEqual(expect.arrayContaining([...end]));
      else {
        exact += 1;
        expect(end).toEqual(newest);
      }
    }),
    { numRuns: RUNS },
  );
  expect(delivered).toBeGreaterThan(6 * RUNS);
  expect(exact).toBeGreaterThan(RUNS / 3);
});
