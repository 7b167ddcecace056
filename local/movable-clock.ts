import { type Clock, type Millis, millis, systemClock } from '../shared/runtime/clock.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: AbortController;
}

/** Real time, and what it was moved ahead by. Whoever sleeps wakes when the time has come, however it came. */
export class MovableClock implements Clock {
  #ahead = 0;
  readonly #sleepers = new Set<Sleeper>();

  now(): Millis {
    return millis(systemClock.now() + this.#ahead);
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const sleeper: Sleeper = { until: this.now() + ms, wake: new AbortController() };
    const end = (): void => sleeper.wake.abort();
    this.#sleepers.add(sleeper);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted === true) end();
    await systemClock.sleep(ms, sleeper.wake.signal);
    signal?.removeEventListener('abort', end);
    this.#sleepers.delete(sleeper);
  }

  /** Moves time ahead by `ms`, and wakes whoever slept until then. */
  advance(ms: number): void {
    this.#ahead += ms;
    for (const sleeper of this.#sleepers) if (sleeper.until <= this.now()) sleeper.wake.abort();
  }
}
