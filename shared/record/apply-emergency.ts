import { isEngine } from '../catalogue/catalogue.ts';
import type { Narrowed } from '../catalogue/scope.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { Emergency } from './emergency.ts';
import type { EndRules } from './ends.ts';
import { type Entry, revokeOf } from './entry.ts';
import type { AccessRecord, GrantId } from './record.ts';
import { earlierEnd, holds, laterRevoke, outlives } from './tie-break.ts';

/** A grant that says that it is an emergency. */
export interface EmergencyGrant {
  readonly ids: readonly GrantId[];
  readonly at: Millis;
  readonly until: Millis | 'never' | null;
  readonly narrowed?: Narrowed;
  readonly emergency: Pick<Emergency, 'digest' | 'reason'>;
}

/** The end of such a grant: the one that it asks for, as late as it may be. */
export const emergencyEnd = (
  { at, until }: Pick<EmergencyGrant, 'at' | 'until'>,
  { latestEnd }: EndRules,
): Millis => earlierEnd(typeof until === 'number' ? until : null, latestEnd(at)) ?? at;

/**
 * Grants in an emergency: to an end, and under a mark, so that no other word changes that end. It begins where nothing is
 * granted; what was said before it and after it counts as if it were not there. A copy, which has the same digest at
 * whatever time it is sent, changes nothing.
 */
export function applyEmergency(
  record: AccessRecord,
  grant: EmergencyGrant,
  rules: EndRules,
): { readonly record: AccessRecord; readonly superseded: readonly GrantId[] } {
  const ids = [...new Set(grant.ids)];
  const last = record.emergency;
  if (last?.digest === grant.emergency.digest)
    return { record, superseded: ids.filter((id) => !isOf(record, id, last.at)) };
  const at = millis(Math.floor(grant.at));
  const until = emergencyEnd({ ...grant, at }, rules);
  const entries = new Map(record.entries);
  const superseded: GrantId[] = [];
  for (const id of ids) {
    const instances = isEngine(id) ? grant.narrowed?.get(id) : undefined;
    const entry = begun(entries.get(id), record.closedAt, at, until, instances);
    if (entry === null) superseded.push(id);
    else entries.set(id, entry);
  }
  if (superseded.length === ids.length) return { record, superseded };
  return { record: { ...record, entries, emergency: { ...grant.emergency, at, until } }, superseded };
}

/** Whether something is granted as an emergency of that time granted it; it may have run out since. */
function isOf({ entries, closedAt }: AccessRecord, id: GrantId, at: Millis): boolean {
  const entry = entries.get(id);
  return entry?.emergency === true && entry.at === at && holds(entry, closedAt);
}

/** Null where a newer request has decided. */
function begun(
  before: Entry | undefined,
  closedAt: Millis | null,
  at: Millis,
  until: Millis,
  instances: readonly string[] | undefined,
): Entry | null {
  const revokedAt = before === undefined ? null : revokeOf(before);
  if (!outlives(at, laterRevoke(revokedAt, closedAt))) return null;
  if (before !== undefined && holds(before, closedAt) && before.at >= at) return null;
  return {
    state: 'granted',
    at,
    until,
    emergency: true,
    ...(instances === undefined ? {} : { instances }),
    ...(revokedAt === null ? {} : { revokedAt }),
  };
}
