/** Counts what is under way and lets others wait until nothing is. */
export class Activity {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** Counts `work` as under way until it settles. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const resolve of waiting) resolve();
    }
  }

  get isBusy(): boolean {
    return this.#count > 0;
  }

  async idle(): Promise<void> {
    while (this.isBusy) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
