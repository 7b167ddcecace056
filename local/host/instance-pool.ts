/** What the pool asks of an instance. */
interface Reusable {
  isAlive(): boolean;
}

interface PoolParts<Instance> {
  /** How many instances there may be, now. */
  readonly limit: () => number;
  readonly create: () => Instance;
  /** Whether an instance is of the function's present revision. */
  readonly isCurrent: (instance: Instance) => boolean;
}

/**
 * The instances of one function. A free one is used again (the one used last first, as its caches are warmest);
 * when all are busy a new one is made, up to the limit. One of an older revision ends what it runs and gets nothing more.
 */
export class InstancePool<Instance extends Reusable> {
  readonly #parts: PoolParts<Instance>;
  #free: Instance[] = [];
  #busy = 0;

  constructor(parts: PoolParts<Instance>) {
    this.#parts = parts;
  }

  /** Null when as many instances as allowed are busy. */
  take(): Instance | null {
    if (this.#busy >= this.#parts.limit()) return null;
    this.#free = this.#free.filter(this.#parts.isCurrent);
    const instance = this.#free.pop() ?? this.#parts.create();
    this.#busy += 1;
    return instance;
  }

  /** Returns what was taken; an instance that died is thrown away. */
  give(instance: Instance): void {
    this.#busy -= 1;
    if (instance.isAlive()) this.#free.push(instance);
  }
}
