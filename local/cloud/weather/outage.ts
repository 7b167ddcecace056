import type { WeatherCall } from './fault.ts';

/** A time in which a service does not work. */
export interface Outage {
  /** `ram`, `sts`, `mns`, `fc`, or the first label of an engine's host (`r-kvstore`). */
  readonly service: string;
  /** Milliseconds since the epoch, on the world's clock: from `from` on, until just before `until`. */
  readonly from: number;
  readonly until: number;
  /** `unavailable`, the default: 503 `ServiceUnavailable`. `dropped`: the connection is closed without an answer. */
  readonly kind?: 'unavailable' | 'dropped';
}

export function outageOf(outages: readonly Outage[], call: WeatherCall, now: number): Outage | undefined {
  return outages.find((o) => o.service === call.service && o.from <= now && now < o.until);
}
