import type { Millis } from '../runtime/millis.ts';
import { hash } from './hash.ts';

/**
 * Sweeps after which every role was looked at in full. A prime: whatever whole number of hours the timer waits, unless
 * a multiple of 23, the hours of its sweeps go through all remainders.
 */
export const ROUND = 23;

const HOUR_MS = 3_600_000;

/** Why a check of the rotating sample is skipped in the other sweeps. */
export const NOT_SAMPLED = 'sampled: not in this sweep';

/** Whether a role is looked at in full in this hour. Needs no memory: the name and the hour decide. */
export const isSampled = (roleName: string, now: Millis): boolean =>
  hash(roleName.toLowerCase()) % ROUND === Math.floor(now / HOUR_MS) % ROUND;

/** Whether a check can only be made in full: one that has failed is looked at again in every sweep. */
export const needsFullLook = (checkId: string): boolean =>
  checkId === 'assume-role-denied' || checkId.startsWith('engine:') || checkId.startsWith('connection:');
