import type { Trusted } from '../catalogue/trust.ts';
import type { Millis } from '../runtime/millis.ts';
import { isConfirmed } from './emergency.ts';
import { lastChange } from './expiry.ts';
import type { AccessRecord } from './record.ts';
import { RETENTION_MS } from './retention.ts';

/**
 * Whether a closed role is to be deleted: it grants nothing, and nothing has changed in it for longer than a message can
 * be late. Where an emergency was not confirmed it stays, so that there is no other before that.
 */
export function isRemovable(record: AccessRecord, trusted: Trusted, createdAt: Millis, now: Millis): boolean {
  const last = lastChange(record);
  if (trusted !== 'nobody' || last === null || record.unreadable.length > 0) return false;
  const { emergency, confirmedAt = null } = record;
  if (emergency !== undefined && !isConfirmed(emergency, confirmedAt)) return false;
  return now - Math.max(createdAt, last) > RETENTION_MS;
}
