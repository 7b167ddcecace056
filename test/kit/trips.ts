import type { Hook } from './direct-api.ts';

/** Calls by round trip: those of one trip are made side by side, and the next begins when all of them are answered. */
export interface Trips {
  readonly hook: Hook;
  readonly trips: readonly (readonly string[])[];
}

/** Watches which calls wait for which. `before` runs before a call is made. */
export function watchTrips(before: Hook = async () => undefined): Trips {
  const trips: string[][] = [];
  let open: string[] | null = null;
  const hook: Hook = async (call) => {
    if (open === null) {
      open = [];
      trips.push(open);
      setImmediate(() => {
        open = null;
      });
    }
    open.push(call.action);
    // Until all that can be asked for without this answer has been asked for.
    await new Promise((resolve) => setImmediate(resolve));
    return before(call);
  };
  return { hook, trips };
}
