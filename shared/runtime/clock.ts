import { type Millis, millis } from './millis.ts';

export { type Millis, millis };

/** The only source of time. Production injects the system's; tests inject one that they move themselves. */
export interface Clock {
  now(): Millis;
  /** Resolves after `ms` milliseconds of this clock, or as soon as `signal` aborts (a clock may ignore the signal). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => millis(Date.now()),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const end = () => {
        // A deadline that is no longer needed must not keep the process alive, nor a signal the sleep that is over.
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, signal?.aborted === true ? 0 : ms);
      signal?.addEventListener('abort', end);
    }),
};
