import { FUNCTIONS } from '../../scripts/bundles/functions.ts';
import { zipBytes } from '../bundles/bundled-packages.ts';
import { benchBurst } from './burst.ts';
import { benchCli } from './cli.ts';
import { benchCloud } from './cloud/figures.ts';
import { benchGrowth } from './cloud/growth.ts';
import { benchColdGrant } from './cold-grant.ts';
import { benchColdLoad } from './cold-load.ts';
import type { Measured } from './figures.ts';
import { benchFleet } from './fleet.ts';
import { benchRequests } from './grants.ts';
import { rounded } from './median.ts';
import { benchMemory } from './memory.ts';
import { soak } from './soak.ts';
import { benchSweep } from './sweep.ts';

/** Something that can be measured alone: `npm run bench -- --only <name>`. */
interface Part {
  readonly what: string;
  /** Whether it says the same on every machine, however busy that is. */
  readonly exact: boolean;
  /** `rounds`: how often each time is taken. */
  readonly measure: (rounds: number) => Promise<Partial<Measured>>;
}

const exact = (what: string, measure: Part['measure']): Part => ({ what, exact: true, measure });
const timed = (what: string, measure: Part['measure']): Part => ({ what, exact: false, measure });

const SOAK_CALLS = 100_000;
const GROWTH_CALLS = 1_000_000;

/** In the order in which they are measured. */
export const PARTS = {
  requests: exact('calls and round trips', benchRequests),
  archives: exact('what is uploaded', async () => ({ archiveKb: archives() })),
  coldLoad: timed('cold starts', async (rounds) => ({ coldLoad: await benchColdLoad(rounds) })),
  cli: timed('the command line', async (rounds) => ({ cli: await benchCli(rounds) })),
  coldGrant: timed('cold grants', async (rounds) => ({ coldGrant: await benchColdGrant(rounds) })),
  sweep: timed('a sweep over 1,000 roles', async () => ({ sweep: await benchSweep() })),
  burst: exact('1,000 grants at once', async () => ({ burst: await benchBurst() })),
  soak: exact('100,000 calls of a process that stays', async () => ({ soak: await soak(SOAK_CALLS) })),
  fleet: exact('100 accounts of 1,000 roles', async () => ({ fleet: await benchFleet() })),
  cloud: timed('the local cloud beside dynalite', async () => ({ cloud: await benchCloud() })),
  growth: timed('1,000,000 calls of the local cloud', async () => ({
    growth: await benchGrowth(GROWTH_CALLS),
  })),
  memory: timed('memory over 1,000 invocations', async () => ({ memory: await benchMemory() })),
} as const satisfies Record<string, Part>;

export type PartName = keyof typeof PARTS;

export const isPart = (name: string): name is PartName => Object.hasOwn(PARTS, name);
export const PART_NAMES: readonly PartName[] = Object.keys(PARTS).filter(isPart);

const archives = (): Readonly<Record<string, number>> =>
  Object.fromEntries(
    FUNCTIONS.filter((name) => name !== 'notify').map((name) => [
      name,
      rounded(zipBytes(`dist/${name}`) / 1_024),
    ]),
  );
