import { setMaxListeners } from 'node:events';
import { randomStream } from '../../../../local/cloud/weather.ts';
import { AsyncQueue } from '../../../../local/host/async-queue.ts';
import { VirtualClock } from '../../../../local/testing/virtual-clock.ts';

/** What became of events that one writer got at once, in seconds after they came. */
export interface Burst {
  readonly events: number;
  readonly served: number;
  readonly median: number;
  readonly last: number;
}

/**
 * Publishes `events` within a second to a function of one instance that takes `runMs` for each, and lets the platform's
 * pauses decide, spread by `spread`.
 */
export async function burst(events: number, runMs: number, spread: number, seed: number): Promise<Burst> {
  const clock = new VirtualClock();
  const jitter = randomStream(seed, 'pauses');
  const arrival = randomStream(seed, 'arrival');
  const ended = new AbortController().signal;
  setMaxListeners(0, ended);
  const startedAt = clock.now();
  const ends: number[] = [];
  let busy = false;
  const queue = new AsyncQueue({
    clock,
    maxRetryAttempts: 3,
    maxEventAgeMs: 18_000_000,
    retriesOwnFailures: true,
    spread: (ms) => Math.round(ms * (1 + spread * (2 * jitter() - 1))),
    ended,
    start() {
      if (busy) return null;
      busy = true;
      return clock.sleep(runMs).then(() => {
        busy = false;
        return { body: Buffer.alloc(0), errorType: null, statusCode: 200 };
      });
    },
    finish: async (_event, { condition }) => {
      if (condition === 'Success') ends.push((clock.now() - startedAt) / 1000);
    },
  });
  const all = Array.from({ length: events }, async (_, n) => {
    await clock.sleep(Math.round(arrival() * 1000));
    await queue.push({
      requestId: String(n),
      payload: Buffer.alloc(0),
      acceptedAt: clock.now(),
    });
  });
  await clock.advance(6 * 3_600_000);
  await Promise.all(all);
  const sorted = ends.sort((a, b) => a - b);
  return {
    events,
    served: sorted.length,
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    last: sorted.at(-1) ?? 0,
  };
}
