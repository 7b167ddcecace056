import type { ApiError } from '../error.ts';

/** What a rule looks at. `input` are the raw parameters (RPC) or the path (REST). */
export interface WeatherCall {
  readonly service: string;
  readonly operation: string;
  /** Empty for what the cloud does by itself: operation `Push` of `mns`. */
  readonly accessKeyId: string;
  readonly input: Readonly<Record<string, string>>;
}

/**
 * What happens to a call.
 * `before`: an error, and nothing happened. `after`: the effect happened, the caller sees an error.
 * `lost`: the effect happened and the connection is closed without an answer. `dropped`: the same without the effect.
 * `throttled`: nothing happened, the service's own throttling error. `delayed`: only `delayMs` later.
 * `answered`: nothing happened, the caller sees `answer`.
 */
export type FaultKind = 'before' | 'after' | 'lost' | 'dropped' | 'throttled' | 'delayed' | 'answered';

/** A fault: which calls it meets, how often, and when it strikes. */
export interface Fault {
  readonly matches: (call: WeatherCall) => boolean;
  readonly at: FaultKind;
  /** For `before` (default 503 `ServiceUnavailable`) and `after` (default 500 `InternalError`). */
  readonly error?: ApiError | undefined;
  /** For `delayed`: ms of the world's clock, beside the latency that every call has. */
  readonly delayMs?: number;
  /** For `answered`: what the operation would have returned. */
  readonly answer?: object;
  /** How many calls it meets; default 1. `Infinity` for good. */
  times?: number;
}

/** Strikes a share of the calls, drawn from the seed. */
export interface Chance {
  /** 0 to 1: the share of the calls that match. */
  readonly rate: number;
  readonly kind: Exclude<FaultKind, 'delayed' | 'answered'>;
  /** Default: every call. */
  readonly matches?: (call: WeatherCall) => boolean;
  readonly error?: ApiError;
}

/** The first fault that matches and is not used up, one use of which is then gone. */
export function takeFault(faults: readonly Fault[], call: WeatherCall): Fault | null {
  const fault = faults.find((f) => (f.times ?? 1) > 0 && f.matches(call));
  if (fault === undefined) return null;
  fault.times = (fault.times ?? 1) - 1;
  return fault;
}

/** Draws for every chance that matches, in their order; the first that strikes. */
export function drawFault(chances: readonly Chance[], call: WeatherCall, random: () => number): Fault | null {
  for (const { rate, kind, matches = always, error } of chances) {
    if (!matches(call) || random() >= rate) continue;
    return { matches, at: kind, error };
  }
  return null;
}

const always = (): boolean => true;
