import type { Chance, Fault } from './fault.ts';
import type { Outage } from './outage.ts';
import type { Quota } from './quota.ts';

/** Uniform between the two, both included, in whole ms. */
export interface LatencyRange {
  readonly min: number;
  readonly max: number;
}

/** How messages of MNS arrive: at least once and in no order. Rates from 0 to 1. */
export interface MessageOptions {
  /** Share of messages that arrive twice. Default 0. */
  readonly duplicate?: number;
  /** Share of receives that do not take the oldest message. Default 0. */
  readonly reorder?: number;
}

/** How Function Compute itself fails, apart from the code that it runs. */
export interface PlatformOptions {
  /** Share of the runs that it fails at before the code has begun, 0 to 1. Default 0. */
  readonly failures?: number;
  /**
   * Whether it retries such an asynchronous run, with growing pauses for up to 5 hours, or gives it up at once. The
   * vendor's pages disagree, so the default is drawn from the seed: code must stand both.
   */
  readonly retried?: boolean;
  /**
   * How far each pause of a throttled event may be from the series that the vendor gives, as a share of it, 0 to 1.
   * Default 0.5: that the platform spreads them is inferred. Without, events that came together meet at every try, and
   * all but one are refused again.
   */
  readonly spread?: number;
}

/** Everything that can go wrong, in one object; docs/use/local-cloud-faults.md has the table. Default: nothing does. */
export interface WeatherOptions {
  /** What all that is left to chance is drawn from: the same seed, the same draws. Default 1. */
  readonly seed?: number;
  /** Added to every call, in ms of the world's clock. Default 0. */
  readonly latencyMs?: number | LatencyRange;
  /** Faults that meet chosen calls; the first that matches strikes. */
  readonly faults?: readonly Fault[];
  /** Faults that meet a share of the calls. */
  readonly chances?: readonly Chance[];
  readonly outages?: readonly Outage[];
  /** Rates per account and operation; `published` for the vendor's own. Default none. */
  readonly quotas?: 'published' | readonly Quota[];
  /**
   * How old a reading of RAM may be, in ms of the world's clock: every read sees the state at an instant drawn from as
   * long ago until now, so two reads may disagree. Default 0.
   */
  readonly staleReadsMs?: number;
  readonly messages?: MessageOptions;
  readonly platform?: PlatformOptions;
}
