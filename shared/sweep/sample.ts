import type { Millis } from '../runtime/millis.ts';
import { hash } from './hash.ts';

/**
 * In every hour the sweep looks in full at those roles whose name has the hash of that hour, one of 23, so that every role
 * is proved in full within a day and each sweep makes about as many calls as the next. 23 is a prime, so a timer that
 * waits several hours reaches all of them too, unless it waits a multiple of 23.
 */
export const ROUND = 23;

const HOUR_MS = 3_600_000;

/** The reason of a check that this sweep does not make, because the role is not in the sample of this hour. */
export const NOT_SAMPLED = 'sampled: not in this sweep';

/** Whether a role is looked at in full in this hour. Its name and the hour decide, so nothing has to be remembered. */
export const isSampled = (roleName: string, now: Millis): boolean =>
  hash(roleName.toLowerCase()) % ROUND === Math.floor(now / HOUR_MS) % ROUND;

/** Whether a check is made of the sample only. Where such a check has failed, every sweep makes it again. */
export const needsFullLook = (checkId: string): boolean =>
  checkId === 'assume-role-denied' || checkId.startsWith('engine:') || checkId.startsWith('connection:');
