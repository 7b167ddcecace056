import type { NotifyStrategy } from '../attributes.ts';

/**
 * The pauses before each retry, in ms (page "NotifyStrategy"). `chance` draws from [0, 1).
 * `BACKOFF_RETRY`: 3 retries, 10 to 20 s apart. `EXPONENTIAL_DECAY_RETRY`: 176 retries over a day,
 * 1, 2, 4 ... 256 s and then every 512 s.
 */
export function* retryPauses(strategy: NotifyStrategy, chance: () => number): Generator<number, void> {
  if (strategy === 'BACKOFF_RETRY') {
    for (let retry = 0; retry < 3; retry += 1) yield 10_000 + Math.round(chance() * 10_000);
    return;
  }
  for (let retry = 0; retry < 176; retry += 1) yield Math.min(2 ** retry, 512) * 1000;
}
