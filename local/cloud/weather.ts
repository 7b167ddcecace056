import type { Clock } from '../../shared/runtime/clock.ts';
import { ApiError } from './error.ts';

/** What a rule looks at. `input` are the raw parameters (RPC) or the path (REST). */
export interface WeatherCall {
  readonly service: string;
  readonly operation: string;
  readonly accessKeyId: string;
  readonly input: Readonly<Record<string, string>>;
}

/**
 * A fault: which calls it meets, how often, and when it strikes.
 * `before`: nothing happened. `after`: the effect happened, the caller sees the error. `lost`: the effect happened
 * (or not, with `before` false effects) and the connection is closed without an answer.
 */
export interface Fault {
  readonly matches: (call: WeatherCall) => boolean;
  readonly at: 'before' | 'after' | 'lost' | 'dropped';
  readonly error?: ApiError;
  /** How many calls it meets; default 1. `Infinity` for good. */
  times?: number;
}

export interface WeatherOptions {
  /** Added to every call, in ms of the world's clock. */
  readonly latencyMs?: number;
}

/** Signals the door to close the connection without an answer. */
export class ConnectionLost extends Error {}

/** Latency and faults that calls go through. Calm by default. */
export class Weather {
  latencyMs: number;
  readonly faults: Fault[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock, options: WeatherOptions) {
    this.#clock = clock;
    this.latencyMs = options.latencyMs ?? 0;
  }

  /** Runs `effect` through the weather: its latency, then the first fault that matches. */
  async pass<T>(call: WeatherCall, effect: () => T | Promise<T>): Promise<T> {
    if (this.latencyMs > 0) await this.#clock.sleep(this.latencyMs);
    const fault = this.#take(call);
    if (fault === null) return effect();
    if (fault.at === 'before') throw fault.error ?? new ApiError(503, 'ServiceUnavailable', 'The service is unavailable.');
    if (fault.at === 'dropped') throw new ConnectionLost('dropped before the effect');
    await effect();
    if (fault.at === 'lost') throw new ConnectionLost('the answer was lost');
    throw fault.error ?? new ApiError(500, 'InternalError', 'An internal error occurred.');
  }

  #take(call: WeatherCall): Fault | null {
    const fault = this.faults.find((f) => (f.times ?? 1) > 0 && f.matches(call));
    if (fault === undefined) return null;
    fault.times = (fault.times ?? 1) - 1;
    return fault;
  }
}
