import type { Problem } from '../../events/problem.ts';
import { isEngine } from '../catalogue/catalogue.ts';
import type { RoleId } from '../catalogue/names.ts';
import type { Applied } from '../record/apply-change.ts';
import { emergencyEnd } from '../record/apply-emergency.ts';
import type { Change } from '../record/change.ts';
import { EMERGENCY_TAG, isConfirmed } from '../record/emergency.ts';
import { NO_END_RULES } from '../record/ends.ts';
import type { Notes } from '../record/notes.ts';
import { type AccessRecord, liveIds, trustedBy } from '../record/record.ts';
import {
  accountIsTrusted,
  beforeReview,
  cameTooLate,
  emergencyEnds,
  grantedAlready,
  noLaterEnd,
  notGranted,
  notReviewed,
  unreadableEmergency,
} from '../requests/refusals.ts';
import type { Millis } from '../runtime/millis.ts';

/** Why a change cannot be made, whatever the owner says to it; null where it can. Nothing is written then. */
export const cannotChange = (
  role: RoleId,
  change: Change,
  applied: Applied,
  record: AccessRecord,
  noted: Pick<Notes, 'reviewedAt'>,
  now: Millis,
): Problem | null =>
  cannotExtend(change, applied) ??
  cannotNarrow(role, change, record, now) ??
  cannotBreakGlass(change, record, noted, now);

/** Why a change of some users cannot be made while the whole account is trusted; null where it can, and for all else. */
function cannotNarrow(
  { access, requesterUid }: RoleId,
  change: Change,
  record: AccessRecord,
  now: Millis,
): Problem | null {
  if (access !== 'console' || !('ids' in change) || change.ids === 'all') return null;
  if (change.action === 'extend' || change.action === 'lapse') return null;
  if (change.ids.includes('account') || trustedBy(record, now) !== 'account') return null;
  return accountIsTrusted(requesterUid, change.action);
}

/** Why an end cannot be set; null where it can, and for all else. */
function cannotExtend(change: Change, { ids, missing, over, fixed }: Applied): Problem | null {
  if (change.action !== 'extend') return null;
  if (ids.length === 0 || missing.length > 0) return notGranted(missing);
  if (fixed.length > 0) return emergencyEnds(fixed);
  if (over.length > 0) return noLaterEnd(over);
  return change.judge?.(ids.filter(isEngine)) ?? null;
}

/**
 * Why nothing is granted in an emergency; null where it is, and for all else. A copy of the last one is none of its own:
 * it is answered like every copy. A request that was sent before the role was confirmed last would be confirmed by that,
 * though nobody had seen it. Where the tag of the last one cannot be read nobody knows whether it was confirmed.
 */
function cannotBreakGlass(
  change: Change,
  record: AccessRecord,
  { reviewedAt }: Pick<Notes, 'reviewedAt'>,
  now: Millis,
): Problem | null {
  if (change.action !== 'grant' || change.emergency === undefined) return null;
  const last = record.emergency;
  if (last?.digest === change.emergency.digest) return null;
  const live = liveIds(record, now).filter((id) => change.ids.includes(id));
  if (live.length > 0) return grantedAlready(live);
  if (record.unreadable.includes(EMERGENCY_TAG)) return unreadableEmergency(EMERGENCY_TAG);
  if (last !== undefined && !isConfirmed(last, reviewedAt)) return notReviewed(last.at);
  if (reviewedAt !== null && change.at <= reviewedAt) return beforeReview(change.at, reviewedAt);
  const end = emergencyEnd(change, change.ends ?? NO_END_RULES);
  return end <= now ? cameTooLate(end) : null;
}
