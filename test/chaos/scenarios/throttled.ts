import { type Crowd, crowdOf, halves, openCrowd, publishAll, tellCrowd } from '../crowd.ts';
import { Dice } from '../dice.ts';
import { mostOf } from '../ended.ts';
import { scenario, unmet } from '../scenario.ts';

const MOST_CALLS = 2.5;
const MOST_DELIVERIES = 4;
/** Requests of one world. */
const REQUESTS = 500;

export const throttled = scenario<Crowd>({
  id: 'throttled',
  promise: `half of all calls throttled: every request is done, with at most ${MOST_CALLS} times the fault-free calls and at most ${MOST_DELIVERIES} deliveries each`,
  where: 'built functions',
  unit: 'requests',
  full: 1_000,
  short: 6,
  seconds: 125,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'throttled');
    for (let left = runs; left > 0; left -= REQUESTS) yield crowdOf(dice, Math.min(left, REQUESTS));
  },
  async attempt(crowd) {
    const calm = await through(crowd, 0);
    const bad = await through(crowd, 0.5);
    const all = crowd.asks.length;
    return {
      runs: all,
      figure: bad.calls / calm.calls,
      wrong: unmet(
        [calm.verified === all, `${calm.verified} of ${all} are done even in good weather: ${calm.others}`],
        [bad.verified === all, `${bad.verified} of ${all} are done: ${bad.others}`],
        [bad.calls <= calm.calls * MOST_CALLS, `${bad.calls} calls, ${calm.calls} without faults`],
        [bad.deliveries <= MOST_DELIVERIES, `${bad.deliveries} deliveries of one event`],
        [bad.letters === 0, `${bad.letters} dead letters`],
      ),
    };
  },
  tell: (crowd) => [...tellCrowd(crowd), 'half of all calls are throttled'],
  smaller: halves,
  worst: (figure) => `${figure.toFixed(2)} times the fault-free calls`,
});

async function through(crowd: Crowd, rate: number) {
  const built = await openCrowd(crowd, { chances: rate === 0 ? [] : [{ rate, kind: 'throttled' }] });
  try {
    await publishAll(built, crowd);
    const replies = built.everyReply();
    const done = new Set(replies.filter(({ data }) => data.status === 'verified').map(({ id }) => id));
    const others = replies.filter(({ data }) => data.status !== 'verified');
    return {
      verified: done.size,
      others: others
        .map(({ data }) => `${data.status} ${data.problem?.detail}`)
        .slice(0, 3)
        .join('; '),
      calls: built.calls().length,
      deliveries: mostOf(built),
      letters: built.deadLetters().length,
    };
  } finally {
    await built.close();
  }
}
