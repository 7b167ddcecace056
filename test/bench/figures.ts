import { FUNCTIONS } from '../../scripts/bundles/functions.ts';
import { zipBytes } from '../bundles/bundled-packages.ts';
import { type BurstFigures, benchBurst } from './burst.ts';
import { benchCli, type CliFigures } from './cli.ts';
import { benchColdGrant, type ColdGrantFigures } from './cold-grant.ts';
import { benchColdLoad, type ColdLoadFigures } from './cold-load.ts';
import { benchRequests, type RequestKinds } from './grants.ts';
import { load, type Machine, machine } from './machine.ts';
import { rounded } from './median.ts';
import { benchMemory, type MemoryFigures } from './memory.ts';
import { benchSweep, type SweepFigures } from './sweep.ts';

/** Everything that is measured: what `npm run bench -- --json` prints. */
export interface Figures extends RequestKinds {
  readonly machine: Machine;
  /** Size of what is uploaded of each function, in KB. */
  readonly archiveKb: Readonly<Record<string, number>>;
  readonly coldLoad: ColdLoadFigures;
  readonly coldGrant: ColdGrantFigures;
  readonly burst: BurstFigures;
  readonly sweep: SweepFigures;
  readonly memory: MemoryFigures;
  readonly cli: CliFigures;
}

/** Measures all, in about six minutes; says what it is at. `rounds`: how often each time is taken. */
export async function measureAll(rounds: number, tell: (what: string) => void): Promise<Figures> {
  const before = load();
  const at = <T>(what: string, measure: () => Promise<T>): Promise<T> => {
    tell(what);
    return measure();
  };
  const requests = await at('calls and round trips', benchRequests);
  const coldLoad = await at('cold starts', () => benchColdLoad(rounds));
  const cli = await at('the command line', () => benchCli(rounds));
  const coldGrant = await at('cold grants', () => benchColdGrant(rounds));
  const sweep = await at('a sweep over 1,000 roles', () => benchSweep());
  const burst = await at('1,000 grants at once', () => benchBurst());
  const memory = await at('memory over 1,000 invocations', benchMemory);
  const archives = FUNCTIONS.filter((name) => name !== 'notify').map((name) => [
    name,
    rounded(zipBytes(`dist/${name}`) / 1_024),
  ]);
  return {
    machine: machine(before),
    ...requests,
    archiveKb: Object.fromEntries(archives),
    coldLoad,
    coldGrant,
    burst,
    sweep,
    memory,
    cli,
  };
}
