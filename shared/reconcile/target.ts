import type { Access } from '../catalogue/names.ts';
import type { Change } from '../record/apply-change.ts';
import type { AccessRecord, GrantId } from '../record/record.ts';
import { isRemovable, isSound } from '../record/retention.ts';
import type { Millis } from '../runtime/millis.ts';
import type { Desired } from './desired.ts';
import type { Reading } from './observe.ts';
import { plan, planRemoval } from './plan.ts';
import { planExpiry } from './plan-expiry.ts';

/** The role that is to reconcile, and the change of its record that was asked for. */
export interface Goal {
  readonly access: Access;
  readonly requesterUid: string;
  readonly change: Change;
  /** Upkeep only: make the whole role what its record says. Else it takes away what has run out, and nothing more. */
  readonly repair?: boolean;
  /** The policy that will probably be attached in the end: read along with the rest, to save a round trip. */
  readonly likelyPolicy: string | null;
}

type ReadForPlan = Reading & { readonly policyText: string | null };

/**
 * Upkeep makes no role, and takes away one that has been closed for long enough. It repairs where it is told to and the
 * record can be relied on, and else leaves drift alone.
 */
export function stagesOf(
  { change, repair = false }: Goal,
  reading: ReadForPlan,
  desired: Desired,
  record: AccessRecord,
  now: Millis,
): ReturnType<typeof plan> {
  if (change.action !== 'expire') return plan(reading, desired);
  if (reading.role === null) return [];
  if (isRemovable(record, desired.terms.trusted, reading.role.createdAt, now))
    return planRemoval(reading, desired.roleName);
  return repair && isSound(record) ? plan(reading, desired) : planExpiry(reading, desired, record, now);
}

/** Nothing of the request holds any more. Closing a role is never overtaken as a whole: its time is worth keeping. */
export const isOvertaken = (change: Change, superseded: readonly GrantId[]): boolean =>
  change.action !== 'expire' &&
  change.ids !== 'all' &&
  change.ids.length > 0 &&
  change.ids.every((id) => superseded.includes(id));
