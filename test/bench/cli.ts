import { timePrograms } from './processes.ts';

/** Commands that need no cloud, from the start of the process to its end, in ms; medians, all of one run. */
export interface CliFigures {
  readonly bareNodeMs: number;
  readonly helpMs: number;
  readonly policyMs: number;
}

export async function benchCli(rounds: number): Promise<CliFigures> {
  const binary = 'dist/cli/main.js';
  const msOf = await timePrograms(
    { help: [binary, '--help'], policy: [binary, 'policy', '--engines', 'all', '--json'] },
    rounds,
  );
  return { bareNodeMs: msOf('bare'), helpMs: msOf('help'), policyMs: msOf('policy') };
}
