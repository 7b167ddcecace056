import type { Clock } from './clock.ts';

/**
 * Calls a second that the sweep makes of each operation: GetRole, ListPoliciesForRole and AssumeRole may be called 100
 * times a second by the whole account ("QPS limit" on their pages). What is left over is for the requests that come in
 * meanwhile: a sweep that takes all of it would have them throttled.
 */
export const CALLS_PER_SECOND = 95;

/**
 * Spaces calls evenly, each operation by itself. To wait before a call costs nothing; to be throttled costs the call,
 * and the retry's wait, and takes from others. Even spacing needs no knowledge of how the service counts its seconds.
 */
export class Pacer {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #next = new Map<string, number>();
  #seen = 0;

  constructor(clock: Clock, perSecond = CALLS_PER_SECOND) {
    this.#clock = clock;
    this.#intervalMs = 1_000 / perSecond;
  }

  /** Resolves when the next call of this operation may be made, in the order of asking. */
  async turn(operation: string): Promise<void> {
    const now = this.#clock.now();
    // A clock that was set back must not have everybody wait for the old time.
    if (now < this.#seen) this.#next.clear();
    this.#seen = now;
    const at = Math.max(this.#next.get(operation) ?? 0, now);
    this.#next.set(operation, at + this.#intervalMs);
    if (at > now) await this.#clock.sleep(at - now);
  }
}
