import type { Outcome } from '../../events/outcome.ts';
import type { Problem } from '../../events/problem.ts';
import { isEngine } from '../../shared/catalogue/catalogue.ts';
import type { Reconciled } from '../../shared/reconcile/reconciled.ts';
import type { Change } from '../../shared/record/change.ts';
import { grantTexts } from '../../shared/record/grant-texts.ts';
import { type AccessRecord, type GrantId, grantedBy, recordTags } from '../../shared/record/record.ts';
import { outcome, type RequestHead } from '../../shared/requests/outcome.ts';
import { cameTooLate, overtaken } from '../../shared/requests/refusals.ts';
import { type Millis, millis } from '../../shared/runtime/millis.ts';

/** The record before and after, for the history; nothing where the role was refused. */
export const seen = (
  { refusal, before, record }: Reconciled,
  now: Millis,
): Pick<Outcome, 'at' | 'before' | 'after'> =>
  refusal === null
    ? { at: now, before: [...grantTexts(before)], after: [...grantTexts(record)] }
    : { at: now, before: null, after: null };

/** The outcome of a change that was carried out or refused. */
export function outcomeOf(head: RequestHead, change: Change, reconciled: Reconciled, now: Millis): Outcome {
  const { record, superseded } = reconciled;
  const granted = grantedBy(record, now);
  const gone =
    change.action === 'revoke' ? (change.ids === 'all' ? [...record.entries.keys()] : change.ids) : [];
  // The record holds this grant all the same, because it is newer than the last entry. Only its time is up already. Of one
  // that waits it holds nothing yet: what it says there is about a grant before it.
  const late = reconciled.pending === null ? endedBefore(record, change, superseded, now) : null;
  return outcome(head, reconciled.refusal !== null ? 'rejected' : late !== null ? 'failed' : 'applied', {
    engines: [...granted.engines],
    connections: [...granted.connections],
    revoked: gone.filter(isEngine).filter((id) => !granted.engines.includes(id)),
    record: Object.fromEntries(recordTags(record)),
    // Where nothing was left to write, another delivery or an equal request may have written it a moment ago.
    changedAt: reconciled.lastWriteAt ?? now,
    changes: [...reconciled.changes],
    writes: reconciled.writes,
    ...seen(reconciled, now),
    problem: reconciled.refusal ?? late ?? (superseded.length > 0 ? overtaken(superseded) : null),
  });
}

/** A grant that the record holds, and whose time was up before it arrived. */
function endedBefore(
  record: AccessRecord,
  change: Change,
  superseded: readonly GrantId[],
  now: Millis,
): Problem | null {
  if (change.action !== 'grant') return null;
  const entries = change.ids.flatMap((id) => (superseded.includes(id) ? [] : (record.entries.get(id) ?? [])));
  const ends = entries.flatMap(({ until }) => (until !== null && until <= now ? until : []));
  return ends.length > 0 && ends.length === entries.length ? cameTooLate(millis(Math.max(...ends))) : null;
}
