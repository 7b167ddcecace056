import type { LocalAccount } from '../../../local/public.ts';
import { median, rounded } from '../median.ts';
import { callsPerSecond, type Ready } from './load.ts';
import {
  cloudBefore,
  DYNAMO_BEFORE,
  FIRST_ITEM,
  getItem,
  getRole,
  putItem,
  sendMessage,
} from './requests.ts';
import { DYNALITE, LOCAL_CLOUD, type Server, startServer } from './server.ts';

/** The local cloud beside dynalite, in one run: how many times as many calls it answers in a second. */
export interface CloudFigures {
  /** An object read by its name: GetRole, GetItem. */
  readonly read: { readonly one: number; readonly many: number };
  /** One written: SendMessage, PutItem. */
  readonly write: { readonly one: number; readonly many: number };
  /** How many times as long it takes to start. */
  readonly start: number;
}

const ROUNDS = 5;
const CALLS = 3_000;
const MANY = 32;

/** Medians of ratios: in each round both servers are asked the like, one after the other. */
export async function benchCloud(rounds = ROUNDS): Promise<CloudFigures> {
  const start: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [ours, theirs] = await both();
    start.push(ours.startMs / theirs.startMs);
    await Promise.all([ours.stop(), theirs.stop()]);
  }
  const [ours, theirs] = await both();
  try {
    const port = Number(new URL(ours.ready.endpoint ?? '').port);
    await callsPerSecond(port, cloudBefore(ours.ready), 1);
    await callsPerSecond(theirs.ready.port, [...DYNAMO_BEFORE], 1);
    await callsPerSecond(theirs.ready.port, [FIRST_ITEM], 1);
    let items = 0;
    const putNext = () => {
      items += 1;
      return putItem(items);
    };
    const kinds = {
      read: [() => getRole(ours.ready), () => getItem],
      write: [() => sendMessage(ours.ready), putNext],
    } as const;
    const ratio = async (kind: keyof typeof kinds, connections: number): Promise<number> => {
      const found: number[] = [];
      const [our, their] = kinds[kind];
      // The first round warms both up, and is not counted.
      for (let round = 0; round <= rounds; round += 1) {
        const one = await callsPerSecond(port, made(our), connections);
        const other = await callsPerSecond(theirs.ready.port, made(their), connections);
        if (round > 0) found.push(one / other);
      }
      return rounded(median(found));
    };
    return {
      read: { one: await ratio('read', 1), many: await ratio('read', MANY) },
      write: { one: await ratio('write', 1), many: await ratio('write', MANY) },
      start: rounded(median(start)),
    };
  } finally {
    await Promise.all([ours.stop(), theirs.stop()]);
  }
}

const made = (one: () => Ready): readonly Ready[] => Array.from({ length: CALLS }, one);

/** One after the other: side by side each would be slowed by the other. */
async function both(): Promise<[Server<LocalAccount>, Server<{ readonly port: number }>]> {
  const ours = await startServer<LocalAccount>(LOCAL_CLOUD);
  try {
    return [ours, await startServer(DYNALITE)];
  } catch (error) {
    await ours.stop();
    throw error;
  }
}
