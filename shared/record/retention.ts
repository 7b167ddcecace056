import type { Millis } from '../runtime/millis.ts';
import { lastChange } from './expiry.ts';
import type { AccessRecord } from './record.ts';
import { RETENTION_MS } from './retention-time.ts';

export { RETENTION_MS };

/** What is kept of that for clocks that differ and for readings that are old. */
const MARGIN_MS = 10 * 60_000;

/** Whether a grant of this time could come after the record of a newer close is gone. */
export const isTooLate = (at: Millis, now: Millis): boolean => now - at > RETENTION_MS - MARGIN_MS;

/**
 * Whether a record can be acted on. A role without any record, and where no request waits for approval, was
 * not made by us, and a record with unreadable tags is incomplete.
 */
export const isSound = (record: AccessRecord): boolean =>
  lastChange(record) !== null && record.unreadable.length === 0;
