import type { Millis } from '../../runtime/millis.ts';

/** How far a signed time may lie from ours, before or after, in ms. Source: Standard Webhooks 1.0.0, 300 seconds. */
const TOLERANCE_MS = 300_000;

export const isInWindow = (signedAt: number, now: Millis): boolean =>
  Math.abs(now - signedAt) <= TOLERANCE_MS;

/**
 * A time in seconds as ms. Null for anything but plain decimal digits, also where another spelling means the same
 * number.
 */
export const secondsOf = (text: string): number | null =>
  /^[1-9][0-9]{0,10}$/.test(text) ? Number(text) * 1_000 : null;
