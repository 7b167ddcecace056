import { type Built, openBuilt } from './built.ts';
import type { Dice } from './dice.ts';

/** Many requests at once, of many requesters: a grant each, and for some of them a change. */
export interface Crowd {
  readonly seed: number;
  readonly uids: readonly string[];
  readonly asks: readonly { readonly uid: string; readonly engines: readonly string[] }[];
}

export const ENGINES = ['redis', 'lindorm', 'gdb', 'hologres', 'clickhouse', 'selectdb', 'rds'] as const;

/** Two requests for each requester, the second for something else. */
export function crowdOf(dice: Dice, requests: number): Crowd {
  const uids = Array.from({ length: Math.ceil(requests / 2) }, (_, at) =>
    String(1_000_000_000_000_001n + BigInt(at)),
  );
  const asks = Array.from({ length: requests }, (_, at) => {
    const uid = uids[at % uids.length] ?? '';
    const engines = dice.some(ENGINES, 1).slice(0, 3);
    return { uid, engines };
  });
  return { seed: dice.int(1, 1e9), uids, asks };
}

/** Either half of a crowd, then quarters. */
export function* halves(crowd: Crowd): Generator<Crowd> {
  for (const parts of [8, 4, 2]) {
    const size = Math.ceil(crowd.asks.length / parts);
    if (size === crowd.asks.length) continue;
    for (let from = 0; from < crowd.asks.length; from += size)
      yield { ...crowd, asks: crowd.asks.slice(from, from + size) };
  }
}

export const tellCrowd = ({ seed, asks }: Crowd): readonly string[] => [
  `world ${seed}; ${asks.length} requests are published at once:`,
  ...asks.slice(0, 10).map(({ uid, engines }) => `grant ${engines.join(', ')} to ${uid}`),
  ...(asks.length > 10 ? ['...'] : []),
];

export const openCrowd = (
  { seed, uids }: Crowd,
  weather: Parameters<typeof openBuilt>[0]['weather'] = {},
): Promise<Built> => openBuilt({ uids, weather: { seed, latencyMs: 20, ...weather } });

/** Publishes everything at once, and lets time pass until all is over. */
export async function publishAll(built: Built, { asks }: Crowd): Promise<void> {
  for (const [index, { uid, engines }] of asks.entries())
    built.publish({ requesterUid: uid, engines, requestId: `crowd-${index}` }, uid);
  await built.settle();
}
