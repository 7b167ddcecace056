import { join } from 'node:path';
import { buildBaselines } from './baseline/build.ts';
import { processorTimes, timePrograms } from './processes.ts';

/** What it takes until a handler is ready, in ms; medians, all of one run. */
export interface LoadTimes {
  readonly bareNodeMs: number;
  readonly intakeMs: number;
  readonly provisionMs: number;
  readonly verifyMs: number;
  readonly unbundledProvisionMs: number;
  readonly unbundledVerifyMs: number;
}

/** From the start of a process, and how long it had a processor until then. */
export interface ColdLoadFigures extends LoadTimes {
  readonly processor: LoadTimes;
}

export async function benchColdLoad(rounds: number): Promise<ColdLoadFigures> {
  const baseline = await buildBaselines();
  // Some functions load in two steps, and are ready after the second.
  const load = (file: string) => `require(${JSON.stringify(file)}).load?.()`;
  const built = (name: string) => load(join(process.cwd(), `dist/${name}/index.js`));
  const texts = {
    intake: built('intake'),
    provision: built('provision'),
    verify: built('verify'),
    unbundledProvision: load(baseline('provision')),
    unbundledVerify: load(baseline('verify')),
  };
  const programs = Object.entries(texts).map(([name, text]) => [name, ['-e', text]] as const);
  const processor = timesOf(await processorTimes(texts, rounds));
  return { ...timesOf(await timePrograms(Object.fromEntries(programs), rounds)), processor };
}

const timesOf = (msOf: (name: string) => number): LoadTimes => ({
  bareNodeMs: msOf('bare'),
  intakeMs: msOf('intake'),
  provisionMs: msOf('provision'),
  verifyMs: msOf('verify'),
  unbundledProvisionMs: msOf('unbundledProvision'),
  unbundledVerifyMs: msOf('unbundledVerify'),
});
