import type { Trusted } from '../catalogue/trust.ts';
import type { Millis } from '../runtime/millis.ts';
import { type AccessRecord, lastChange } from './record.ts';

/** How long a message can still arrive: the topic keeps it for a day. Until then a closed role keeps its record. */
export const RETENTION_MS = 24 * 60 * 60 * 1_000;

/** Whether a record can be acted on: a role that never had one was not made by us, and one that is garbled says too little. */
export const isSound = (record: AccessRecord): boolean =>
  lastChange(record) !== null && record.unreadable.length === 0;

/** Whether a role grants nothing and has said so for longer than a late message can take. */
export function isRemovable(record: AccessRecord, trusted: Trusted, createdAt: Millis, now: Millis): boolean {
  const last = lastChange(record);
  if (trusted !== 'nobody' || last === null || record.unreadable.length > 0) return false;
  return now - Math.max(createdAt, last) > RETENTION_MS;
}
