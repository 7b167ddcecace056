import type { Bench } from '../bench.ts';
import { Dice } from '../dice.ts';
import { mostOf, wrongEnd } from '../ended.ts';
import { cleanRun, type HistoryName, prepare, send, tellHistory } from '../histories.ts';
import { type Kill, orderKills, tellKill, WHEN } from '../kills.ts';
import { scenario, type Trial } from '../scenario.ts';

interface Case {
  readonly history: HistoryName;
  readonly first: Kill;
  readonly second: Kill;
}

const HISTORIES = ['grant', 'change', 'revoke'] as const;

export const crashTwice = scenario<Case>({
  id: 'crash-twice',
  promise:
    'killed at every ordered pair of calls, the second in what the first one set off: converges on the third delivery',
  where: 'built functions',
  unit: 'pairs of kills',
  full: Number.POSITIVE_INFINITY,
  short: 6,
  seconds: 500,
  async *cases(seed, runs, bench) {
    const all = await everyPair(bench);
    yield* Number.isFinite(runs) ? new Dice(seed, 'crash-twice').shuffled(all.filter(isLikely)) : all;
  },
  async attempt({ history, first, second }, bench) {
    const start = `${history} ${first.call} ${first.when}`;
    if (second.call > (lastCall.get(start) ?? Number.POSITIVE_INFINITY)) return NOT_STRUCK;
    const built = await bench.built();
    const clean = await cleanRun(history, built);
    await prepare(history, built);
    orderKills(built, [first, second]);
    await send(history, built);
    const struck = built.world.weather.killsPending === 0;
    if (!struck) lastCall.set(start, second.call - 1);
    return { runs: struck ? 1 : 0, wrong: wrongEnd(built, clean, 3), figure: mostOf(built) };
  },
  tell: ({ history, first, second }) => [
    ...tellHistory(history),
    tellKill(first),
    `counted from then, ${tellKill(second)}`,
  ],
  worst: (figure) => `${figure} deliveries of one event`,
});

const NOT_STRUCK: Trial = { runs: 0, wrong: [], figure: 0 };

/** The last call that was made after a first kill, where it is known. */
const lastCall = new Map<string, number>();

/** Whether the second death will surely come: what is left of a clean run alone has so many calls. */
const isLikely = ({ history, first, second }: Case): boolean =>
  second.call <= (cleanCalls.get(history) ?? 0) - first.call;

/** Calls of a clean run. */
const cleanCalls = new Map<HistoryName, number>();

/** What the death set off makes at most as many calls as a clean run, and two rounds of reading more. */
const MORE_CALLS = 8;

async function everyPair(bench: Bench): Promise<Case[]> {
  const cases: Case[] = [];
  for (const history of HISTORIES) {
    const { calls } = await cleanRun(history, await bench.built());
    cleanCalls.set(history, calls.length);
    const kills = (count: number): Kill[] =>
      Array.from({ length: count }, (_, at) => WHEN.map((when) => ({ call: at + 1, when }))).flat();
    // Pairs beyond the end strike nothing and do not count.
    for (const first of kills(calls.length))
      for (const second of kills(calls.length + MORE_CALLS)) cases.push({ history, first, second });
  }
  return cases;
}
