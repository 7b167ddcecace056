import { type Millis, millis } from './millis.ts';

/**
 * How long after a write a reading may still be old, in seconds, unless `PATIENCE_SECONDS` says otherwise. RAM is
 * eventually consistent and publishes no number; a minute is assumed.
 *
 * Belief visible-in-a-minute (inferred): RAM and STS show what was written within a minute. Source: RAM is called
 * eventually consistent, without a number. Shown wrong by: doctor --live.
 */
export const PATIENCE_SECONDS = 60;

/** From when on every reading shows what was written at a time. A fault that is seen later than this is one. */
export const visibleFrom = (writtenAt: number, patienceMs: number): Millis => millis(writtenAt + patienceMs);

/** Whether a reading of now may still lack what was written at a time. */
export const mayBeOld = (writtenAt: number, now: Millis, patienceMs: number): boolean =>
  now < visibleFrom(writtenAt, patienceMs);
