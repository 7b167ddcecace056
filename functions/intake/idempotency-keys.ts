import type { Millis } from '../../shared/runtime/millis.ts';

interface SeenKey {
  readonly digest: string;
  readonly requestId: string;
  readonly accepted: boolean;
  readonly at: Millis;
}

/** Twice the replay window, so that a signed copy is remembered for as long as it can be good. */
const KEPT_MS = 600_000;
const MOST_ENTRIES = 10_000;

/**
 * The idempotency keys that this instance has seen in the last ten minutes. Another instance does not know them, and
 * an instance forgets them when it ends. So copies can still be published; provision guarantees that they change
 * nothing.
 */
export class Memory {
  readonly #entries = new Map<string, SeenKey>();

  /**
   * What is known about a key; a new one is under way from here on, until `accept` or `forget`. `new`: go on. `accepted`:
   * this very request was taken before. `in-flight`, `other-body`: refuse.
   */
  begin(
    key: string,
    digest: string,
    requestId: string,
    now: Millis,
  ):
    | { readonly kind: 'new' | 'in-flight' | 'other-body' }
    | { readonly kind: 'accepted'; readonly requestId: string } {
    const known = this.#entries.get(key);
    if (known !== undefined && now - known.at < KEPT_MS) {
      if (known.digest !== digest) return { kind: 'other-body' };
      return known.accepted ? { kind: 'accepted', requestId: known.requestId } : { kind: 'in-flight' };
    }
    this.#entries.delete(key);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= MOST_ENTRIES && oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(key, { digest, requestId, accepted: false, at: now });
    return { kind: 'new' };
  }

  accept(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#entries.set(key, { ...entry, accepted: true });
  }

  /** It was not published: the same key may be tried again. */
  forget(key: string): void {
    this.#entries.delete(key);
  }
}
