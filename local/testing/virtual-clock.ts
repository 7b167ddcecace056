import { setImmediate } from 'node:timers/promises';
import { type Clock, type Millis, millis } from '../../shared/runtime/clock.ts';
import { wire } from './wire.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Turns of the event loop without anything on the wire after which nothing more is going to happen by itself. */
const CALM_TURNS = 5;
/** Real time that one exchange may take before it counts as stuck, in ms: long, as a busy machine may stand still for seconds. */
const STUCK_MS = 60_000;
/** Virtual time after which a wait counts as one that never ends, in ms: longer than any retry of the cloud. */
const FOREVER_MS = 30 * 24 * 3_600_000;

/**
 * A clock that stands still while anything is going on, and jumps from sleeper to sleeper when nothing is: a day of
 * retries takes real milliseconds, and nothing that a real network does in the meantime can come too late.
 *
 * The rule that makes it sound: time moves only when no request or answer is on the wire (`wire.ts`) and the event loop
 * has turned a few times without one; files, addresses and connections that the system was asked for count, too. All that
 * is left then waits for this clock. So a timeout that is also on this
 * clock (a client's read timeout in a bundle with `globalsOf`) fires exactly if the cloud's latency on this clock is
 * longer than it, and never because time jumped while an answer was under way. Timers of the system (a socket's own
 * timeout, `AbortSignal.timeout`) keep to real time and do not move it.
 *
 * Not seen to be at work: another process, and crypto or zlib on their threads.
 */
export class VirtualClock implements Clock {
  #now: number;
  /** In the order in which they wake. */
  #sleepers: Sleeper[] = [];
  #moving = false;

  constructor(startAt: number = Date.parse('2026-11-23T10:00:00Z')) {
    this.#now = startAt;
    wire();
  }

  now(): Millis {
    return millis(this.#now);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const end = (): void => {
        cancel();
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const cancel = this.schedule(ms, end);
      signal?.addEventListener('abort', end);
    });
  }

  /** Calls `wake` once `ms` have passed; the answer takes it back. Without delay it is called as soon as may be. */
  schedule(ms: number, wake: () => void): () => void {
    // Written so that NaN is no delay.
    if (!(ms > 0)) {
      const soon = globalThis.setImmediate(wake);
      return () => clearImmediate(soon);
    }
    // Whole milliseconds, as the dates that are made of them.
    const sleeper: Sleeper = { at: this.#now + Math.ceil(ms), wake };
    const later = this.#sleepers.findIndex(({ at }) => at > sleeper.at);
    this.#sleepers.splice(later < 0 ? this.#sleepers.length : later, 0, sleeper);
    return () => {
      this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
    };
  }

  /** How many wait for time to pass. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** Moves on by `ms`, stopping at every sleeper on the way until what it started has come to rest. */
  async advance(ms: number): Promise<void> {
    await this.#move(async () => {
      const end = this.#now + ms;
      await quiet();
      while ((this.#sleepers[0]?.at ?? Infinity) <= end) await this.#jump();
      this.#now = end;
    });
  }

  /**
   * Lets time pass, as fast as what happens in it can happen, until `isIdle`. Rejects when nothing sleeps and nothing is
   * on its way although it is not idle, which is a wait for something that cannot come, and when a month has passed.
   */
  async runUntilIdle(isIdle: () => boolean): Promise<void> {
    await this.#move(async () => {
      const end = this.#now + FOREVER_MS;
      for (;;) {
        await quiet();
        if (isIdle()) return;
        if (this.#sleepers.length === 0)
          throw new Error('nothing sleeps and nothing is on its way: it hangs');
        if (this.#now > end) throw new Error('a month of virtual time has passed: it never ends');
        await this.#jump();
      }
    });
  }

  /** Lets time pass until `work` has settled, and answers what it did. */
  async during<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const settle = (): void => {
      settled = true;
    };
    work.then(settle, settle);
    await this.runUntilIdle(() => settled);
    return work;
  }

  /** Wakes all that wait for the next instant, in their order, unless one of them takes another's wait back. */
  async #jump(): Promise<void> {
    this.#now = Math.max(this.#now, this.#sleepers[0]?.at ?? this.#now);
    for (let next = this.#sleepers[0]; next !== undefined && next.at <= this.#now; next = this.#sleepers[0]) {
      this.#sleepers.shift();
      next.wake();
    }
    await quiet();
  }

  /** Two that move one clock would each think the other's work at rest. */
  async #move(run: () => Promise<void>): Promise<void> {
    if (this.#moving) throw new Error('the clock is being moved already; wait for both with Promise.all');
    this.#moving = true;
    try {
      await run();
    } finally {
      this.#moving = false;
    }
  }
}

/**
 * Resolves when nothing is on the wire, and what was set off by what came over it has run. The system is asked at the
 * first and at the last of the calm turns: what it has done for somebody in between shows on the wire, or is asked again.
 */
export async function quiet(): Promise<void> {
  const since = performance.now();
  for (let calm = 0; calm < CALM_TURNS; ) {
    await setImmediate();
    const isEdge = calm === 0 || calm === CALM_TURNS - 1;
    calm = wire().busy || (isEdge && wire().asked) ? 0 : calm + 1;
    if (calm === 0 && performance.now() - since > STUCK_MS)
      throw new Error(`something has been on the wire for ${STUCK_MS / 1000} s of real time`);
  }
}
