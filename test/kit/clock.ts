import type { Clock, Millis } from '../../shared/runtime/clock.ts';
import { millis } from '../../shared/runtime/millis.ts';
import { START } from './time.ts';

/**
 * The clock of the tests. It stands still until it is moved: by `advance`, or by whoever sleeps on it, so that nobody ever
 * waits. Where sleepers should wait until the test moves time on, `VirtualClock` of local/testing is the clock to take.
 * Clients that sign with the system's time need `new TestClock(Date.now())`.
 */
export class TestClock implements Clock {
  /** What was slept, in ms, in order. */
  readonly waits: number[] = [];
  #now: number;

  constructor(now: number = START) {
    this.#now = now;
  }

  now(): Millis {
    return millis(this.#now);
  }

  /** Moves on by `ms`, or back. */
  advance(ms: number): void {
    this.#now += ms;
  }

  async sleep(ms: number): Promise<void> {
    this.waits.push(ms);
    this.#now += ms;
  }
}
