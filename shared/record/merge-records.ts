import type { Millis } from '../runtime/millis.ts';
import { laterEmergency } from './emergency.ts';
import type { AccessRecord } from './record.ts';
import { laterRevoke, laterState } from './tie-break.ts';

/** Something and when it was written; null while the write is under way. */
export interface Dated<T> {
  readonly value: T;
  readonly at: Millis | null;
}

/**
 * Two readings of one record as one. Of each grant the later state of its entry counts.
 */
export function mergeRecords(read: AccessRecord, own: AccessRecord): AccessRecord {
  const entries = new Map(read.entries);
  for (const [id, entry] of own.entries) {
    const current = entries.get(id);
    entries.set(id, current === undefined ? entry : laterState(current, entry));
  }
  const closedAt = laterRevoke(read.closedAt, own.closedAt);
  const emergency = laterEmergency(read.emergency, own.emergency);
  return { ...read, entries, closedAt, ...(emergency === undefined ? {} : { emergency }) };
}
