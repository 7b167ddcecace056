import type { Millis } from '../runtime/millis.ts';
import { type AccessRecord, lastChange } from './record.ts';

/** How late a message can arrive, in ms: the topic keeps it for a day. A closed role keeps its record for as long. */
export const RETENTION_MS = 24 * 60 * 60 * 1_000;

/** What is kept of that for clocks that differ and for readings that are old. */
const MARGIN_MS = 10 * 60_000;

/** Whether a grant of this time could come after the record of a newer close is gone. */
export const isTooLate = (at: Millis, now: Millis): boolean => now - at > RETENTION_MS - MARGIN_MS;

/**
 * Whether a record can be acted on. A role without any record was not made by us, and a record with unreadable tags
 * is incomplete.
 */
export const isSound = (record: AccessRecord): boolean =>
  lastChange(record) !== null && record.unreadable.length === 0;
