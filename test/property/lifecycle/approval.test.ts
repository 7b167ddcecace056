import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attack } from '../../kit/hostile-approval.ts';
import { attackExcepted } from '../../kit/hostile-excepted.ts';

const number = fc.nat(9_999);
const move = fc.record({
  kind: number,
  words: number,
  id: number,
  which: number,
  // Now and then so long that what waits ends.
  minutes: fc.oneof({ weight: 6, arbitrary: fc.nat(30) }, fc.nat(1_500)),
});

it('nothing is granted that no approver said yes to, whoever sends what', async () => {
  let [approvals, emergencies] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 30, maxLength: 60 }), async (moves) => {
      const attacked = await attack(moves);
      approvals += attacked.approvals;
      emergencies += attacked.emergencies;
      expect(attacked.wrong).toEqual([]);
    }),
    { numRuns: 12 },
  );
  // Else it would prove nothing.
  expect(Math.min(approvals, emergencies)).toBeGreaterThan(0);
});

it('what lasts longer than is excepted is what one approval asked for, so far and so long', async () => {
  let approvals = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 30, maxLength: 60 }), async (moves) => {
      const attacked = await attackExcepted(moves);
      approvals += attacked.approvals;
      expect(attacked.wrong).toEqual([]);
    }),
    { numRuns: 12 },
  );
  expect(approvals).toBeGreaterThan(1);
});
