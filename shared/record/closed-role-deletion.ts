import type { Trusted } from '../catalogue/trust.ts';
import type { Millis } from '../runtime/millis.ts';
import { type AccessRecord, lastChange } from './record.ts';
import { RETENTION_MS } from './retention.ts';

/**
 * Whether a closed role is to be deleted: it grants nothing, and nothing has changed in it for longer than a message can
 * be late.
 */
export function isRemovable(record: AccessRecord, trusted: Trusted, createdAt: Millis, now: Millis): boolean {
  const last = lastChange(record);
  if (trusted !== 'nobody' || last === null || record.unreadable.length > 0) return false;
  return now - Math.max(createdAt, last) > RETENTION_MS;
}
