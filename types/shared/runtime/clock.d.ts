import { type Millis, millis } from './millis.ts';
export { type Millis, millis };
/** The only source of time. Production injects the system's; tests inject one that they move themselves. */
export interface Clock {
    now(): Millis;
    /** Resolves after `ms` milliseconds of this clock, or as soon as `signal` aborts (a clock may ignore the signal). */
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
export declare const systemClock: Clock;
