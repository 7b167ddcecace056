/**
 * How many calls, sessions, nonces, events of a trail, log lines and lost messages, each, a world keeps unless it is asked
 * for more. Node.js lets four times as much garbage lie as there is to keep, so each costs four times its size.
 */
export const KEPT = 1_000;

/** Adds to a list of which `keep` are kept. The oldest go a tenth at a time, so that adding costs the same at any length. */
export function addBounded<T>(list: T[], item: T, keep: number): void {
  list.push(item);
  if (list.length > keep * 1.1) list.splice(0, list.length - keep);
}

/**
 * The latest entries by key, each key put in but one time. The order is kept beside the map: one that always loses its
 * oldest entry finds the next oldest behind all the empty places that those before have left.
 */
export class Latest<Value> {
  readonly #keep: number;
  readonly #entries = new Map<string, Value>();
  /** The keys from `#oldest` on, in their order. */
  readonly #keys: string[] = [];
  #oldest = 0;

  constructor(keep: number) {
    this.#keep = keep;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  values(): Iterable<Value> {
    return this.#entries.values();
  }

  add(key: string, value: Value): void {
    this.#entries.set(key, value);
    this.#keys.push(key);
    if (this.#entries.size > this.#keep) this.#dropOldest();
  }

  /** Drops from the oldest on, as long as they are `over`. */
  dropWhile(over: (value: Value) => boolean): void {
    for (let value = this.#oldestValue; value !== undefined && over(value); value = this.#oldestValue)
      this.#dropOldest();
  }

  get #oldestValue(): Value | undefined {
    const key = this.#keys[this.#oldest];
    return key === undefined ? undefined : this.#entries.get(key);
  }

  #dropOldest(): void {
    const key = this.#keys[this.#oldest];
    if (key === undefined) return;
    this.#entries.delete(key);
    this.#oldest += 1;
    if (this.#oldest <= this.#entries.size) return;
    this.#keys.splice(0, this.#oldest);
    this.#oldest = 0;
  }
}
