import type { LocalAccount } from '../../../local/public.ts';
import { rounded } from '../median.ts';
import { callsPerSecond } from './load.ts';
import { assumeRole, cloudBefore, getQueue, getRole, updateRole } from './requests.ts';
import { LOCAL_CLOUD, startServer } from './server.ts';

/** What a local cloud holds in memory after many calls, of which none leaves an object behind. */
export interface GrowthFigures {
  readonly calls: number;
  /** Resident memory after the first 1 in 100 of the calls, and after all. */
  readonly rssMbBefore: number;
  readonly rssMb: number;
  readonly ratio: number;
}

const BATCH = 10_000;
const CONNECTIONS = 32;

/** Reads, writes of what is there already, and sessions: all are remembered, up to a limit. */
export async function benchGrowth(calls: number): Promise<GrowthFigures> {
  const server = await startServer<LocalAccount>(LOCAL_CLOUD);
  const { ready } = server;
  const kinds = [getRole, updateRole, assumeRole, getQueue];
  const port = Number(new URL(ready.endpoint ?? '').port);
  const batch = (size: number) => Array.from({ length: size }, (_, n) => kinds[n % kinds.length]?.(ready));
  const run = async (total: number): Promise<void> => {
    for (let done = 0; done < total; done += BATCH)
      await callsPerSecond(
        port,
        batch(Math.min(BATCH, total - done)).flatMap((one) => one ?? []),
        CONNECTIONS,
      );
  };
  try {
    await callsPerSecond(port, cloudBefore(ready), 1);
    await run(calls / 100);
    const before = server.rssMb();
    await run(calls - calls / 100);
    const after = server.rssMb();
    return {
      calls,
      rssMbBefore: rounded(before),
      rssMb: rounded(after),
      ratio: rounded(after / before),
    };
  } finally {
    await server.stop();
  }
}
