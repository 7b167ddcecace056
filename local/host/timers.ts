import { type Clock, millis } from '../../shared/runtime/clock.ts';
import type { FunctionRecord } from '../cloud/fc/state.ts';
import type { TimerTrigger } from '../cloud/fc/trigger.ts';
import { type Schedule, scheduleOf } from './cron.ts';

/** The system's timers hold 24 days, so a longer wait is made of shorter ones, in ms. */
const LONGEST_SLEEP = 24 * 3_600_000;

/** The timer triggers that fire by themselves, on the world's clock. */
export class Timers {
  readonly #clock: Clock;
  readonly #fire: (fn: FunctionRecord, trigger: TimerTrigger) => void;
  readonly #running = new Map<string, AbortController>();

  constructor(clock: Clock, fire: (fn: FunctionRecord, trigger: TimerTrigger) => void) {
    this.#clock = clock;
    this.#fire = fire;
  }

  /** How many are scheduled. */
  get size(): number {
    return this.#running.size;
  }

  /** Schedules a trigger, in the place of the one of its name; one that is not enabled stays quiet. */
  set(fn: FunctionRecord, trigger: TimerTrigger): void {
    this.clear(fn, trigger.triggerName);
    if (!trigger.triggerConfig.enable) return;
    const schedule = scheduleOf(trigger.triggerConfig.cronExpression);
    const stop = new AbortController();
    this.#running.set(keyOf(fn, trigger.triggerName), stop);
    void this.#run(schedule, stop.signal, () => this.#fire(fn, trigger));
  }

  clear(fn: FunctionRecord, triggerName: string): void {
    this.#stop(keyOf(fn, triggerName));
  }

  clearAll(): void {
    for (const key of [...this.#running.keys()]) this.#stop(key);
  }

  #stop(key: string): void {
    this.#running.get(key)?.abort();
    this.#running.delete(key);
  }

  async #run(schedule: Schedule, stopped: AbortSignal, fire: () => void): Promise<void> {
    let next = schedule(this.#clock.now());
    while (next !== null) {
      for (let left = next - this.#clock.now(); left > 0; left = next - this.#clock.now()) {
        await this.#clock.sleep(Math.min(left, LONGEST_SLEEP), stopped);
        if (stopped.aborted) return;
      }
      fire();
      // What was missed while the machine slept is not made up for.
      next = schedule(millis(Math.max(next, this.#clock.now())));
    }
  }
}

const keyOf = ({ arn }: FunctionRecord, triggerName: string): string => `${arn}/${triggerName}`;
