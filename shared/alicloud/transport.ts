type Around = <T>(call: () => Promise<T>) => Promise<T>;

let around: Around | null = null;

/** Every call of an SDK of the vendor is made in here, so that it can be led through a proxy. In a function nothing is. */
export const transported: Around = (call) => (around === null ? call() : around(call));

/** From now on every call goes through this; null: as it is. */
export function transportThrough(other: Around | null): void {
  around = other;
}
