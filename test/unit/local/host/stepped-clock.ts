import { setImmediate } from 'node:timers/promises';
import { type Clock, type Millis, millis } from '../../../../shared/runtime/clock.ts';

/** A clock that stands still until a test moves it; sleepers wake in order as it passes their time. */
export class SteppedClock implements Clock {
  #now = Date.parse('2026-11-23T10:00:00Z');
  #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  now(): Millis {
    return millis(this.#now);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = { at: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((s) => s !== sleeper);
        resolve();
      });
    });
  }

  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** Moves on by `ms`, stopping at every sleeper on the way until what it started has settled. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = next.at;
      this.#sleepers = this.#sleepers.filter((s) => s !== next);
      next.wake();
      await settle();
    }
    this.#now = end;
  }

  #next(end: number) {
    return this.#sleepers.filter((s) => s.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets everything run that needs neither time nor I/O. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await setImmediate();
}
