/** What was opened, to be closed together. */
export class Closers {
  readonly #closers: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  /** Closes everything, even if some of it fails; the first failure is thrown in the end. */
  async closeAll(): Promise<void> {
    const ends = await Promise.allSettled(this.#closers.splice(0).map((close) => close()));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
}
