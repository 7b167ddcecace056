/** What the pool asks of an instance. */
interface Reusable {
  readonly alive: boolean;
}

/**
 * The instances of one function. A free one is used again (the one used last first, as its caches are warmest);
 * when all are busy a new one is made, up to the limit.
 */
export class InstancePool<Instance extends Reusable> {
  readonly #create: () => Instance;
  readonly #limit: number;
  readonly #free: Instance[] = [];
  #busy = 0;

  constructor(limit: number, create: () => Instance) {
    this.#limit = limit;
    this.#create = create;
  }

  /** Null when as many instances as allowed are busy. */
  take(): Instance | null {
    if (this.#busy >= this.#limit) return null;
    const instance = this.#free.pop() ?? this.#create();
    this.#busy += 1;
    return instance;
  }

  /** Returns what was taken; an instance that died is thrown away. */
  give(instance: Instance): void {
    this.#busy -= 1;
    if (instance.alive) this.#free.push(instance);
  }
}
