import type { Outcome } from '../../events/outcome.ts';
import { isEngine } from '../../shared/catalogue/catalogue.ts';
import type { Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { RoleChange } from '../../shared/reconcile/role-change.ts';
import { grantTexts } from '../../shared/record/grant-texts.ts';
import { grantedBy, recordTags } from '../../shared/record/record.ts';
import { outcome, type RequestHead } from '../../shared/requests/outcome.ts';
import { cameTooLate, overtaken } from '../../shared/requests/refusals.ts';
import type { Millis } from '../../shared/runtime/millis.ts';

/** The record before and after, for the history; nothing where the role was refused. */
export const seen = (
  { refusal, before, record }: Reconciled,
  now: Millis,
): Pick<Outcome, 'at' | 'before' | 'after'> =>
  refusal === null
    ? { at: now, before: [...grantTexts(before)], after: [...grantTexts(record)] }
    : { at: now, before: null, after: null };

/** The outcome of a change that was carried out or refused. `until`: the end that was head for. */
export function outcomeOf(
  head: RequestHead,
  { change }: Pick<RoleChange, 'change'>,
  reconciled: Reconciled,
  until: Millis | null,
  now: Millis,
): Outcome {
  const { record, superseded } = reconciled;
  const granted = grantedBy(record, now);
  const gone =
    change.action === 'revoke' ? (change.ids === 'all' ? [...record.entries.keys()] : change.ids) : [];
  // The record holds this grant all the same, because it is newer than the last entry. Only its time is up already.
  const late = reconciled.refusal === null && until !== null && until <= now ? cameTooLate(until) : null;
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
