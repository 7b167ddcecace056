import type { Bench } from '../bench.ts';
import { Dice } from '../dice.ts';
import { mostOf, wrongEnd } from '../ended.ts';
import { cleanRun, HISTORY_NAMES, type HistoryName, prepare, send, tellHistory } from '../histories.ts';
import { type Kill, orderKills, tellKill, WHEN } from '../kills.ts';
import { scenario } from '../scenario.ts';

interface Case {
  readonly history: HistoryName;
  readonly kill: Kill;
}

export const crashEverywhere = scenario<Case>({
  id: 'crash-everywhere',
  promise:
    'killed before and after each API call of a grant, a change, a revoke: the next delivery converges; the state equals that of a clean run, without orphans',
  where: 'built functions',
  unit: 'kills',
  full: Number.POSITIVE_INFINITY,
  short: 40,
  async *cases(seed, runs, bench) {
    const all = await everyKill(bench);
    yield* runs >= all.length ? all : new Dice(seed, 'crash-everywhere').shuffled(all);
  },
  async attempt({ history, kill }, bench) {
    const built = await bench.built();
    const clean = await cleanRun(history, built);
    await prepare(history, built);
    orderKills(built, [kill]);
    await send(history, built);
    const struck = built.world.weather.killsPending === 0;
    return { runs: struck ? 1 : 0, wrong: wrongEnd(built, clean, 2), figure: mostOf(built) };
  },
  tell: ({ history, kill }) => [...tellHistory(history), tellKill(kill)],
  worst: (figure) => `${figure} deliveries of one event`,
});

async function everyKill(bench: Bench): Promise<Case[]> {
  const cases: Case[] = [];
  for (const history of HISTORY_NAMES) {
    const { calls } = await cleanRun(history, await bench.built());
    for (const call of calls.keys())
      for (const when of WHEN) cases.push({ history, kill: { call: call + 1, when } });
  }
  return cases;
}
