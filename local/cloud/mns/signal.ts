/** Something that happens again and again, and that any number can wait for. */
export class Signal {
  #resolve: () => void = () => {};
  #next: Promise<void>;

  constructor() {
    this.#next = this.#arm();
  }

  /** Resolves at the next announcement. */
  get next(): Promise<void> {
    return this.#next;
  }

  announce(): void {
    const resolve = this.#resolve;
    this.#next = this.#arm();
    resolve();
  }

  #arm(): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }
}
