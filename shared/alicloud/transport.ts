type Around = <T>(call: () => Promise<T>) => Promise<T>;

const plainly: Around = (call) => call();
let around = plainly;

/** Every call of an SDK of the vendor is made in here, so that it can be led through a proxy. In a function nothing is. */
export const transported: Around = (call) => around(call);

/** From now on every call goes through this. */
export function transportThrough(other: Around): void {
  around = other;
}
