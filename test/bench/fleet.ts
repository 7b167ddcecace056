import { build } from 'esbuild';
import { HEAP_OF_256_MB } from './memory.ts';
import { say } from './processes.ts';

/** What it takes to ask many accounts. Times are virtual: what accounts take is given, what is measured is the command. */
export interface FleetFigures {
  readonly accounts: number;
  readonly rolesEach: number;
  readonly seconds: number;
  /** What the slowest account takes alone, once it is entered. */
  readonly slowestAccountSeconds: number;
  /** Of a process that asks all and makes the page, with the heap that Node.js gives itself where it finds 256 MB. */
  readonly peakRssMb: number;
}

export async function benchFleet(accounts = 100, rolesEach = 1_000): Promise<FleetFigures> {
  const outfile = 'node_modules/.cache/bench-fleet/fleet.mjs';
  await build({
    entryPoints: ['test/bench/fleet-process.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
  });
  return JSON.parse(await say([...HEAP_OF_256_MB, outfile, String(accounts), String(rolesEach)], '', {}));
}
