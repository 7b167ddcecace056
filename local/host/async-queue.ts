import type { Clock, Millis } from '../../shared/runtime/clock.ts';
import type { Outcome } from './answer.ts';

/** An asynchronous event on its way. The request id stays the same over all attempts. */
export interface QueuedEvent {
  readonly requestId: string;
  readonly payload: Buffer;
  /** What put it there: `mns_topic:<topic>`, `timer:<name>`, `destination:<function>`, `api`. */
  readonly origin: string;
  readonly acceptedAt: Millis;
}

/** How one attempt ended. `statusCode` 200 unless the platform, not the function, failed. */
export interface Attempt extends Outcome {
  readonly statusCode: number;
}

/** How an event ended, after its last attempt. */
export interface Verdict {
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  /** The last attempt; null for an event that expired before its first. */
  readonly attempt: Attempt | null;
  readonly attempts: number;
}

interface AsyncQueueParts {
  readonly clock: Clock;
  readonly maxRetryAttempts: number;
  readonly maxEventAgeMs: number;
  /** Starts one attempt, or answers null when no instance may run now. `pump` is called when that has changed. */
  readonly start: (event: QueuedEvent, retryCount: number) => Promise<Attempt> | null;
  /** Called once per event. Must not reject. */
  readonly finish: (event: QueuedEvent, verdict: Verdict) => Promise<void>;
}

interface Entry {
  readonly event: QueuedEvent;
  readonly done: () => void;
  attempts: number;
  last: Attempt | null;
}

/**
 * Milliseconds before the n-th retry: 0.5 s, 1 s, 2 s, 4 s, ... The vendor page "Configure a retry mechanism" gives this
 * series for throttled events; that failed ones follow it too is inferred.
 */
export function retryDelay(retry: number): number {
  return 500 * 2 ** (retry - 1);
}

/** The asynchronous events of one function: first in, first out; a retry goes to the end. */
export class AsyncQueue {
  readonly #parts: AsyncQueueParts;
  readonly #waiting: Entry[] = [];
  #pumping = false;

  constructor(parts: AsyncQueueParts) {
    this.#parts = parts;
  }

  /** Takes an event in; resolves when it is over, destination included. */
  push(event: QueuedEvent): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ event, done, attempts: 0, last: null });
      this.pump();
    });
  }

  /** Starts what may start now. */
  pump(): void {
    // An attempt that fails at once frees its instance, and so calls back, before it has left the queue.
    if (this.#pumping) return;
    this.#pumping = true;
    this.#startWaiting();
    this.#pumping = false;
  }

  #startWaiting(): void {
    for (let entry = this.#waiting[0]; entry !== undefined; entry = this.#waiting[0]) {
      if (this.#expired(entry)) {
        this.#waiting.shift();
        void this.#finish(entry, 'EventAgeExceeded');
        continue;
      }
      const running = this.#parts.start(entry.event, entry.attempts);
      if (running === null) return;
      this.#waiting.shift();
      void this.#follow(entry, running);
    }
  }

  async #follow(entry: Entry, running: Promise<Attempt>): Promise<void> {
    const attempt = await running;
    entry.attempts += 1;
    entry.last = attempt;
    if (attempt.errorType === null) return this.#finish(entry, 'Success');
    if (entry.attempts > this.#parts.maxRetryAttempts) return this.#finish(entry, 'RetriesExhausted');
    await this.#parts.clock.sleep(retryDelay(entry.attempts));
    this.#waiting.push(entry);
    this.pump();
  }

  async #finish(entry: Entry, condition: Verdict['condition']): Promise<void> {
    await this.#parts.finish(entry.event, { condition, attempt: entry.last, attempts: entry.attempts });
    entry.done();
  }

  #expired({ event }: Entry): boolean {
    return this.#parts.clock.now() - event.acceptedAt > this.#parts.maxEventAgeMs;
  }
}
