import { Dice } from '../dice.ts';
import { wrongEnd } from '../ended.ts';
import { cleanRun, HISTORY_NAMES, type HistoryName, prepare, send, tellHistory } from '../histories.ts';
import { scenario } from '../scenario.ts';

/** `lost`: the connection is closed in the place of the answer. `after`: an error arrives in its place. */
const KINDS = ['lost', 'after'] as const;

interface Case {
  readonly history: HistoryName;
  readonly call: number;
  readonly kind: (typeof KINDS)[number];
}

export const lostAnswer = scenario<Case>({
  id: 'lost-answer',
  promise: 'the effect happened and the answer did not arrive, at each call: ends as a clean run does',
  where: 'built functions',
  unit: 'lost answers',
  full: Number.POSITIVE_INFINITY,
  short: 12,
  async *cases(seed, runs, bench) {
    const all: Case[] = [];
    for (const history of HISTORY_NAMES) {
      const { calls } = await cleanRun(history, await bench.built());
      // Deliveries of topics are calls, too, and not in the journal: the request's own, and the reply's.
      for (let call = 1; call <= calls.length + 2; call += 1)
        for (const kind of KINDS) all.push({ history, call, kind });
    }
    yield* runs >= all.length ? all : new Dice(seed, 'lost-answer').shuffled(all);
  },
  async attempt({ history, call, kind }, bench) {
    const built = await bench.built();
    const clean = await cleanRun(history, built);
    await prepare(history, built);
    let counted = 0;
    const fault = {
      at: kind,
      times: 1,
      matches: () => {
        counted += 1;
        return counted === call;
      },
    };
    built.world.weather.faults.push(fault);
    await send(history, built);
    return {
      runs: fault.times === 0 ? 1 : 0,
      wrong: wrongEnd(built, clean, 1),
      figure: built.calls().length - clean.calls.length,
    };
  },
  tell: ({ history, call, kind }) => [
    ...tellHistory(history),
    `call ${call} takes effect, and ${kind === 'lost' ? 'the connection is closed instead of an answer' : 'an error 500 is answered'}`,
  ],
  worst: (figure) => `${figure} calls more than a clean run`,
});
