import type { Clock, Millis } from '../runtime/clock.ts';
import { CloudError, isTransient, toHandshakeError } from './errors.ts';

/** How calls are repeated, and until when. */
export interface Patience {
  readonly clock: Clock;
  /** A number in [0, 1); injected so that tests are exact. */
  readonly random: () => number;
  /** No call is started, and no wait begun, that would end later than this. */
  readonly deadline: Millis;
}

let attempts = 0;

/** Calls that this process has made, repetitions included. An instance serves one event at a time: the log subtracts. */
export const callsMade = (): number => attempts;

/** Seven attempts wait 0.05 to 12.7 s in all, half of it on average. */
const ATTEMPTS = 7;
const BASE_MS = 100;
const CAP_MS = 5_000;
/** No call is started with less time left than this, in ms, because it would be cut off. */
const SHORTEST_CALL_MS = 250;
const LONGEST_CALL_MS = 10_000;

/**
 * Makes one call until it succeeds, fails for good, or the time is up; full jitter between attempts.
 * `attempt` gets the time that the call may take, in ms. Throws `CloudError` for an error that a repetition cannot
 * end, and `RetryableError` when attempts or time are used up.
 */
export async function persist<T>(
  what: string,
  { clock, random, deadline }: Patience,
  attempt: (timeoutMs: number) => Promise<T>,
): Promise<T> {
  for (let made = 0; ; made += 1) {
    const left = deadline - clock.now();
    if (left < SHORTEST_CALL_MS) throw outOfTime(what, made);
    attempts += 1;
    try {
      return await attempt(Math.min(left, LONGEST_CALL_MS));
    } catch (error) {
      if (!(error instanceof CloudError) || !isTransient(error.failure)) throw error;
      const wait = error.failure.retryAfterMs ?? random() * Math.min(CAP_MS, BASE_MS * 2 ** (made + 1));
      const last = made + 1 >= ATTEMPTS || clock.now() + wait + SHORTEST_CALL_MS > deadline;
      if (last) throw toHandshakeError(error, made + 1);
      await clock.sleep(wait);
    }
  }
}

function outOfTime(what: string, made: number): Error {
  const failure = { what, code: 'OutOfTime', status: 0, requestId: null, retryAfterMs: null, denied: null };
  return toHandshakeError(new CloudError(failure), made);
}
