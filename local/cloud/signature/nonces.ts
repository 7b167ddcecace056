import { hash } from 'node:crypto';
import type { Clock } from '../../../shared/runtime/clock.ts';
import { KEPT, Latest } from '../bounded.ts';
import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import { SKEW_MS } from './skew.ts';

/**
 * The nonces of requests that were accepted. A request can be replayed while its time stamp is accepted, and that may
 * lie 15 minutes ahead, so a nonce is kept for twice the allowed skew, unless more than `keep` came after it.
 */
export class NonceMemory {
  readonly #clock: Clock;
  /** In the order of their end, since all live equally long. */
  readonly #until: Latest<number>;

  constructor(clock: Clock, keep = KEPT) {
    this.#clock = clock;
    this.#until = new Latest(keep);
  }

  get size(): number {
    return this.#until.size;
  }

  /** Throws `SignatureNonceUsed` (400) for a nonce that this key has used before. */
  use(caller: Caller, nonce: string): void {
    const now = this.#clock.now();
    this.#until.dropWhile((until) => until < now);
    // Its hash: of the text itself, which can be long, the whole request would be kept.
    const key = hash('sha1', `${caller.accessKeyId} ${nonce}`);
    if (this.#until.has(key)) {
      throw new ApiError(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
    }
    this.#until.add(key, now + 2 * SKEW_MS);
  }
}
