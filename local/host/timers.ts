import { type Clock, millis } from '../../shared/runtime/clock.ts';
import type { FunctionRecord } from '../cloud/fc/state.ts';
import type { TimerTrigger } from '../cloud/fc/trigger.ts';
import { type Schedule, scheduleOf } from './cron.ts';

/** The system's timers hold 24 days, so a longer wait is made of shorter ones, in ms. */
const LONGEST_SLEEP = 24 * 3_600_000;

interface Running {
  stopped: boolean;
  /** Ends the present wait. */
  sleep: AbortController;
}

/** The timer triggers that fire by themselves, on the world's clock. */
export class Timers {
  readonly #clock: Clock;
  readonly #fire: (fn: FunctionRecord, trigger: TimerTrigger) => void;
  readonly #running = new Map<string, Running>();

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
    const running = { stopped: false, sleep: new AbortController() };
    this.#running.set(keyOf(fn, trigger.triggerName), running);
    const schedule = scheduleOf(trigger.triggerConfig.cronExpression);
    void this.#run(schedule, running, () => this.#fire(fn, trigger));
  }

  clear(fn: FunctionRecord, triggerName: string): void {
    this.#stop(keyOf(fn, triggerName));
  }

  clearAll(): void {
    for (const key of [...this.#running.keys()]) this.#stop(key);
  }

  #stop(key: string): void {
    const running = this.#running.get(key);
    if (running === undefined) return;
    running.stopped = true;
    running.sleep.abort();
    this.#running.delete(key);
  }

  async #run(schedule: Schedule, running: Running, fire: () => void): Promise<void> {
    let next = schedule(this.#clock.now());
    while (next !== null) {
      for (let left = next - this.#clock.now(); left > 0; left = next - this.#clock.now()) {
        running.sleep = new AbortController();
        await this.#clock.sleep(Math.min(left, LONGEST_SLEEP), running.sleep.signal);
        if (running.stopped) return;
      }
      fire();
      // What was missed while the machine slept is not made up for.
      next = schedule(millis(Math.max(next, this.#clock.now())));
    }
  }
}

const keyOf = ({ arn }: FunctionRecord, triggerName: string): string => `${arn}/${triggerName}`;
