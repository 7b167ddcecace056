/** Something that happens again and again, and that any number can wait for. */
export class Signal {
  #resolve: (() => void) | undefined;
  /** Null while nobody waits. */
  #next: Promise<void> | null = null;

  /** Resolves at the next announcement. */
  get next(): Promise<void> {
    this.#next ??= new Promise((resolve) => {
      this.#resolve = resolve;
    });
    return this.#next;
  }

  announce(): void {
    this.#next = null;
    this.#resolve?.();
  }
}
