import { RetryableError } from '../runtime/errors.ts';
import type { ProvisionPorts } from './reconciled.ts';

/**
 * Readings before the event is given back for a later delivery: for as long as one may be old, and never fewer than
 * these.
 */
export const FEWEST_ROUNDS = 8;
const FIRST_PAUSE_MS = 250;
export const LONGEST_PAUSE_MS = 5_000;

/** Waits before the next reading. Throws `RetryableError` where the time of the invocation does not last for it. */
export async function pause(
  { clock, deadline }: Pick<ProvisionPorts, 'clock' | 'deadline'>,
  round: number,
): Promise<void> {
  const wait = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** round);
  if (clock.now() + wait > deadline)
    throw new RetryableError(
      'throttled',
      'the time of this invocation is up; the next delivery goes on from here',
    );
  await clock.sleep(wait);
}
