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
/** Every so many schedules, one in the built functions: there the platform makes a second writer impossible. */
const BUILT_EVERY = 100;

export const duplicates = scenario<Case>({
  id: 'duplicates',
  promise: '1,000 copies in order and 1,000 at once: one role, no second effect',
  where: 'built functions and in process',
  unit: 'schedules, each of 1,000 copies in order and 1,000 at once',
  full: 100,
  short: 2,
  seconds: 300,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'duplicates');
    for (let run = 0; run < runs; run += 1) {
      const history = COPIED[run % COPIED.length];
      if (history === undefined) continue;
      yield {
        seed: dice.int(1, 1e9),
        history,
        copies: runs < FEW ? COPIES / 5 : COPIES,
        where: run % BUILT_EVERY === BUILT_EVERY - 1 ? 'built functions' : 'in process',
      };
    }
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
