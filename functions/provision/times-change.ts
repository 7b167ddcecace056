import type { Upkeep } from '../../events/upkeep.ts';
import { findRequester, type Requesters } from '../../shared/admission/requesters.ts';
import { type RoleId, roleName } from '../../shared/catalogue/names.ts';
import type { ProvisionPorts } from '../../shared/reconcile/reconciled.ts';
import type { Change } from '../../shared/record/change.ts';
import { readNotes } from '../../shared/record/notes.ts';
import { readRecord } from '../../shared/record/record.ts';
import { unconfirmedIds } from '../../shared/record/reviews.ts';
import type { Settings } from '../../shared/runtime/config.ts';

/**
 * What time does to a role: its grants run out. Where the sweep saw that nobody has confirmed it, that is looked at again
 * by the role's own record and notes: a confirmation may have come since, and the message carries no rights.
 */
export async function timesChange(
  { unconfirmed }: Pick<Extract<Upkeep, { role: string }>, 'unconfirmed'>,
  role: RoleId,
  { patienceMs, requesters }: Settings & { readonly requesters: Requesters },
  { clock, ram, memory }: ProvisionPorts,
): Promise<Change> {
  const now = clock.now();
  if (unconfirmed !== true) return { action: 'expire', now };
  const name = roleName(role.access, role.requesterUid);
  memory.forget(now, patienceMs);
  const tags = memory.newestNotes(name, await ram.roleTags(name));
  const record = memory.newest(name, readRecord(tags, now));
  const reviewDays = findRequester(requesters, role.requesterUid)?.reviewDays ?? null;
  const ids = unconfirmedIds(record, readNotes(tags), reviewDays, now);
  return { action: 'lapse', ids, now };
}
