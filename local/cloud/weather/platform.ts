import type { PlatformOptions } from './options.ts';
import { randomStream } from './random.ts';

/** Failures of Function Compute itself. */
export interface Platform {
  /** Whether an asynchronous run that it failed at is tried again. */
  readonly retried: boolean;
  /** Draws whether the run that is about to begin fails. */
  fails(): boolean;
  /** Draws how long a pause is that should be `ms`. */
  spread(ms: number): number;
}

export function platformOf({ failures = 0, retried, spread = 0.5 }: PlatformOptions, seed: number): Platform {
  const chance = randomStream(seed, 'platform-failures');
  const jitter = randomStream(seed, 'platform-pauses');
  return {
    retried: retried ?? randomStream(seed, 'platform-retries')() < 0.5,
    fails: () => chance() < failures,
    spread: (ms) => Math.round(ms * (1 + spread * (2 * jitter() - 1))),
  };
}
