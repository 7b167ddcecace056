import { COPIED, type Copies } from '../copies.ts';
import { copiesInBuilt } from '../copies-built.ts';
import { copiesInProcess } from '../copies-in-process.ts';
import { Dice } from '../dice.ts';
import { scenario } from '../scenario.ts';

interface Case extends Copies {
  readonly where: 'in process' | 'built functions';
}

const COPIES = 1_000;
/** Of so few schedules, each has fewer copies. */
const FEW = 10;
/** A grant and a revoke. */
const IN_BUILT = COPIED.slice(-2);

export const duplicates = scenario<Case>({
  id: 'duplicates',
  promise: '1,000 copies in order and 1,000 at once: one role, no second effect',
  where: 'built functions and in process',
  unit: 'schedules, each of 1,000 copies in order and 1,000 at once',
  full: 100,
  short: 4,
  seconds: 175,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'duplicates');
    const copies = runs < FEW ? COPIES / 10 : COPIES;
    for (let run = 0; run < runs - IN_BUILT.length; run += 1) {
      const history = COPIED[run % COPIED.length];
      if (history !== undefined) yield { seed: dice.int(1, 1e9), history, copies, where: 'in process' };
    }
    // Few, in the built functions: there the platform makes a second writer impossible, and a call takes longer. Copies
    // have times of their own there.
    const fewer = runs < FEW ? COPIES / 100 : COPIES;
    for (const history of IN_BUILT)
      yield { seed: dice.int(1, 1e9), history, copies: fewer, where: 'built functions' };
  },
  attempt: (one) => (one.where === 'in process' ? copiesInProcess(one) : copiesInBuilt(one)),
  tell: ({ seed, history, copies, where }) => [
    ...history.before.map((one) => `${JSON.stringify(one)} stands`),
    `${copies} copies of ${JSON.stringify(history.copied)} arrive in order, then elsewhere at once, ${where}`,
    `schedule ${seed}`,
  ],
  *smaller(one) {
    for (const copies of [2, 3, 5, 10, 100]) if (copies < one.copies) yield { ...one, copies };
  },
  worst: (figure) => `${figure} changes of RAM by all copies together`,
});
