/** A line of a logstore. `time` in ms; clients see whole seconds. */
export interface StoredLine {
  readonly time: number;
  readonly topic: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The most lines of a logstore: a cloud that runs for days stays within its memory. The oldest go. */
const KEPT = 20_000;

/**
 * The logstores of one account. Nobody makes them here: a logstore is there as soon as it is named by a function that
 * writes, which the real service does not do.
 */
export class SlsState {
  readonly #stores = new Map<string, StoredLine[]>();

  /** Null for a logstore that is not there. */
  lines(project: string, logstore: string): readonly StoredLine[] | null {
    return this.#stores.get(`${project}/${logstore}`) ?? null;
  }

  has(project: string): boolean {
    return [...this.#stores.keys()].some((key) => key.startsWith(`${project}/`));
  }

  add(project: string, logstore: string, ...lines: readonly StoredLine[]): void {
    const key = `${project}/${logstore}`;
    const store = this.#stores.get(key) ?? [];
    store.push(...lines);
    if (store.length > KEPT) store.splice(0, store.length - KEPT);
    this.#stores.set(key, store);
  }
}
