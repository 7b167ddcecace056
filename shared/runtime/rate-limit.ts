import type { Clock } from './clock.ts';

/**
 * Calls a second that the sweep makes of each operation. The whole account may call GetRole, ListPoliciesForRole and
 * AssumeRole 100 times a second ("QPS limit" on their pages). The rest is left for requests, which would be throttled
 * if a sweep used all of it.
 */
export const CALLS_PER_SECOND = 95;

/**
 * Spaces the calls of each operation evenly. Waiting before a call costs less than being throttled, which costs the
 * call and the wait before the retry. Even spacing holds however the service counts its seconds.
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
    // If the clock was set back, the planned times lie too far ahead; without this all calls would wait for them.
    if (now < this.#seen) this.#next.clear();
    this.#seen = now;
    const at = Math.max(this.#next.get(operation) ?? 0, now);
    this.#next.set(operation, at + this.#intervalMs);
    if (at > now) await this.#clock.sleep(at - now);
  }
}
