import type { Clock } from '../../../shared/runtime/clock.ts';

/** Makes a look until it does not throw, for as long as the cloud may take to show what was written. */
export type Eventually = <T>(look: () => Promise<T>) => Promise<T>;

const BETWEEN_MS = 2_000;

/** A look that is repeated for `waitMs`; with 0 it is made once. Stops early once `signal` is aborted. */
export const eventuallyFor =
  (waitMs: number, clock: Clock, signal?: AbortSignal): Eventually =>
  async (look) => {
    const until = clock.now() + waitMs;
    for (;;) {
      try {
        return await look();
      } catch (error) {
        if (clock.now() + BETWEEN_MS > until || signal?.aborted === true) throw error;
      }
      await clock.sleep(BETWEEN_MS);
    }
  };
