import type { UpkeepOutbox } from '../ports.ts';
import { readNotes } from '../record/notes.ts';
import type { AccessRecord, GrantId } from '../record/record.ts';
import { unconfirmedIds } from '../record/reviews.ts';
import type { Millis } from '../runtime/millis.ts';
import { hash } from './hash.ts';
import { key, type OurRole } from './list-roles.ts';
import { mayLapse } from './repair-limit.ts';
import type { SweepPorts } from './sweep-role.ts';

const HOUR_MS = 3_600_000;

/** A role of which some grants end, because nobody has confirmed it since that was told. */
export interface Unconfirmed {
  readonly role: string;
  readonly ids: readonly GrantId[];
}

/** What of a role ends so; null for nothing. */
export function unconfirmedIn(
  role: OurRole,
  record: AccessRecord,
  { requesterOf }: Pick<SweepPorts, 'requesterOf'>,
  now: Millis,
): Unconfirmed | null {
  const reviewDays = requesterOf(role.id.requesterUid)?.reviewDays ?? null;
  const ids = unconfirmedIds(record, readNotes(role.tags), reviewDays, now);
  return ids.length === 0 ? null : { role: role.name, ids };
}

/**
 * Has some of these roles narrowed; answers how many. In every hour others are first, so that none stands in the
 * way of all.
 */
export async function lapse(
  unconfirmed: readonly Unconfirmed[],
  judged: number,
  upkeep: UpkeepOutbox,
  now: Millis,
): Promise<number> {
  const place = ({ role }: Unconfirmed) => hash(`${Math.floor(now / HOUR_MS)} ${key(role)}`);
  const inOrder = unconfirmed.toSorted((a, b) => place(a) - place(b));
  const due = inOrder.slice(0, mayLapse(inOrder.length, judged));
  for (const { role, ids } of due) await upkeep.ask({ role, expired: [...ids], unconfirmed: true });
  return due.length;
}
