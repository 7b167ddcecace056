import type { Globals } from '../host/bundle.ts';
import type { VirtualClock } from './virtual-clock.ts';

/**
 * Globals for `FunctionHostOptions.globals` under which a built bundle lives in virtual time: its `Date`, its timers and,
 * with `random`, its `Math.random`. What a bundle reaches through `require('node:timers')` stays the system's.
 */
export function globalsOf(clock: VirtualClock, random?: () => number): Globals {
  const timers = new Timers(clock);
  return {
    Date: virtualDate(clock),
    setTimeout: timers.setTimeout,
    clearTimeout: timers.clear,
    setInterval: timers.setInterval,
    clearInterval: timers.clear,
    // The functions of Math are not enumerable, but are found on the prototype, and need no `this`.
    ...(random === undefined ? {} : { Math: Object.assign(Object.create(Math), { random }) }),
  };
}

/** The host's Date, but for what it says without arguments: dates of inside and outside are of one class. */
function virtualDate(clock: VirtualClock): DateConstructor {
  return new Proxy(Date, {
    construct: (target, input, newTarget) =>
      Reflect.construct(target, input.length === 0 ? [clock.now()] : input, newTarget),
    apply: () => new Date(clock.now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? () => clock.now() : Reflect.get(target, key, receiver)),
  });
}

type Callback = (...input: unknown[]) => void;

/** The timers of one set of globals. */
class Timers {
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  readonly setTimeout = (callback: Callback, ms = 0, ...input: unknown[]): VirtualTimer =>
    new VirtualTimer(this.#clock, ms, false, () => callback(...input));

  /** As in Node.js, an interval of nothing is one of a millisecond. */
  readonly setInterval = (callback: Callback, ms = 1, ...input: unknown[]): VirtualTimer =>
    new VirtualTimer(this.#clock, Math.max(1, ms), true, () => callback(...input));

  readonly clear = (timer: unknown): void => {
    if (timer instanceof VirtualTimer) timer.close();
  };
}

/** What `setTimeout` answers, as far as libraries use it. It never keeps a process alive. */
class VirtualTimer {
  readonly #clock: VirtualClock;
  readonly #ms: number;
  readonly #repeats: boolean;
  readonly #run: () => void;
  #cancel: () => void = () => {};

  constructor(clock: VirtualClock, ms: number, repeats: boolean, run: () => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#repeats = repeats;
    this.#run = run;
    this.refresh();
  }

  refresh(): this {
    this.#cancel();
    this.#cancel = this.#clock.schedule(this.#ms, () => {
      if (this.#repeats) this.refresh();
      this.#run();
    });
    return this;
  }

  close(): this {
    this.#cancel();
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }
}
