import { type Millis, millis } from '../../shared/runtime/millis.ts';

/** Spans, in ms. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** When the clock of a test starts. */
export const START: Millis = millis(Date.parse('2026-11-23T10:00:00.000Z'));

/** So many seconds after the start. */
export const at = (seconds: number): Millis => millis(START + seconds * SECOND);
