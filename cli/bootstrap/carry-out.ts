import { CloudError, isAbsent, isConflict } from '../../shared/alicloud/errors.ts';
import { type Clock, systemClock } from '../../shared/runtime/clock.ts';
import type { Step } from './steps.ts';

/** RAM is eventually consistent: what was made a moment ago may be unknown to the next call. Waits 15 s in all. */
const PAUSES_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 7_500];

/** Runs the steps in order. Throws what a step throws in the end; those before it are done, and running again goes on. */
export async function applyPlan(
  steps: readonly Step[],
  before: (step: Step, index: number) => void,
  clock: Clock = systemClock,
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    before(step, index);
    await runPatiently(step, clock);
  }
}

async function runPatiently(step: Step, clock: Clock): Promise<void> {
  for (const pause of PAUSES_MS) {
    try {
      await step.run();
      return;
    } catch (error) {
      if (!(error instanceof CloudError) || !isConflict(error.failure)) throw error;
      // A repetition after a lost answer finds what the first one did.
      if (error.failure.code.startsWith('EntityAlreadyExists')) return;
      if (isAbsent(error.failure) && /detach|delete/.test(step.operation)) return;
      await clock.sleep(pause);
    }
  }
  await step.run();
}
