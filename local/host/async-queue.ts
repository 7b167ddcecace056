import type { Clock, Millis } from '../../shared/runtime/clock.ts';
import type { Outcome } from './answer.ts';

/** An asynchronous event on its way. The request id stays the same over all attempts. */
export interface QueuedEvent {
  readonly requestId: string;
  readonly payload: Buffer;
  readonly acceptedAt: Millis;
}

/** How one attempt ended. `statusCode` 200 unless the platform, not the function, failed. */
export interface Attempt extends Outcome {
  readonly statusCode: number;
}

/** How an event ended, after its last attempt. */
export interface Verdict {
  readonly condition: 'Success' | 'Failed' | 'EventAgeExceeded' | 'Throttled';
  /** The last attempt; null for an event that never got an instance. */
  readonly attempt: Attempt | null;
  readonly attempts: number;
}

interface AsyncQueueParts {
  readonly clock: Clock;
  readonly maxRetryAttempts: number;
  readonly maxEventAgeMs: number;
  /** Whether the platform retries what it failed at itself, as it does a throttled event. */
  readonly retriesOwnFailures: boolean;
  /** How long the platform's next pause is that should be `ms`. */
  readonly spread: (ms: number) => number;
  /** Aborts when nothing shall be retried any more. */
  readonly ended: AbortSignal;
  /** Starts one attempt, or answers null when no instance may run now. */
  readonly start: (event: QueuedEvent, retryCount: number) => Promise<Attempt> | null;
  /** Called once per event, unless the world ends before. Must not reject. */
  readonly finish: (event: QueuedEvent, verdict: Verdict) => Promise<void>;
}

/**
 * Milliseconds before the n-th retry: 0.5 s, 1 s, 2 s, 4 s, ... The vendor page "Configure a retry mechanism" gives this
 * series for throttled events, and no longest pause.
 *
 * Belief failed-retries (inferred): failed events are retried at the distances of throttled ones. Source: "Configure
 * a retry mechanism", about throttled ones. Shown wrong by: doctor --live.
 */
export function retryDelay(retry: number): number {
  return 500 * 2 ** (retry - 1);
}

/** For how long after it was accepted a throttled event is retried. Source: the same page. */
export const THROTTLED_MS = 5 * 3_600_000;

/**
 * The asynchronous events of one function. There is no order among them: an event that finds no free instance is not
 * told when there is one, but tries again after a pause of its own that grows, for up to 5 hours. Of several that wait,
 * the one whose pause ends first after an instance became free gets it.
 */
export class AsyncQueue {
  readonly #parts: AsyncQueueParts;
  #waiting = 0;

  constructor(parts: AsyncQueueParts) {
    this.#parts = parts;
  }

  /** Events that were accepted and are not over. */
  get backlog(): number {
    return this.#waiting;
  }

  /** Takes an event in; resolves when it is over, destination included. */
  async push(event: QueuedEvent): Promise<void> {
    this.#waiting += 1;
    try {
      const verdict = await this.#see(event);
      if (verdict !== null) await this.#parts.finish(event, verdict);
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Null where the world ended before the event did. */
  async #see(event: QueuedEvent): Promise<Verdict | null> {
    const { ended } = this.#parts;
    let [attempts, failures, pauses] = [0, 0, 0];
    let attempt: Attempt | null = null;
    for (;;) {
      if (ended.aborted) return null;
      if (this.#age(event) > this.#parts.maxEventAgeMs)
        return { condition: 'EventAgeExceeded', attempt, attempts };
      const running = this.#parts.start(event, failures);
      if (running !== null) {
        attempt = await running;
        attempts += 1;
        if (attempt.errorType === null) return { condition: 'Success', attempt, attempts };
        if (attempt.statusCode < 500) {
          failures += 1;
          if (failures > this.#parts.maxRetryAttempts) return { condition: 'Failed', attempt, attempts };
          await this.#parts.clock.sleep(retryDelay(failures), ended);
          continue;
        }
        if (!this.#parts.retriesOwnFailures) return { condition: 'Failed', attempt, attempts };
      }
      pauses += 1;
      const pause = this.#parts.spread(retryDelay(pauses));
      if (this.#age(event) + pause > THROTTLED_MS)
        return { condition: running === null ? 'Throttled' : 'Failed', attempt, attempts };
      await this.#parts.clock.sleep(pause, ended);
    }
  }

  #age({ acceptedAt }: QueuedEvent): number {
    return this.#parts.clock.now() - acceptedAt;
  }
}
