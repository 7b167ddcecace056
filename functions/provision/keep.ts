import type { Outcome } from '../../events/outcome.ts';
import type { OwnersWord } from '../../events/owner.ts';
import { problem } from '../../events/problem.ts';
import { isOurs, roleName } from '../../shared/catalogue/names.ts';
import type { ProvisionPorts } from '../../shared/reconcile/reconciled.ts';
import { isConfirmed } from '../../shared/record/emergency.ts';
import { formatNotes, NOTES_TAG, readNotes } from '../../shared/record/notes.ts';
import { liveIds, readRecord } from '../../shared/record/record.ts';
import { hasRoomFor, MAX_TAGS } from '../../shared/record/tag-budget.ts';
import { outcome, type RequestHead, rejected } from '../../shared/requests/outcome.ts';
import { notOwned, tooManyTags, wrongAccount } from '../../shared/requests/refusals.ts';
import type { Settings } from '../../shared/runtime/config.ts';
import { type Millis, millis } from '../../shared/runtime/millis.ts';

/**
 * Notes that the owner has confirmed a role. What it grants stays as it is, and a confirmation that arrives late takes no
 * newer one back. `at`: the time of the word.
 */
export async function keepRole(
  head: RequestHead,
  { access, requesterUid }: NonNullable<OwnersWord['keep']>,
  at: Millis,
  settings: Settings,
  { clock, identity, ram, memory }: ProvisionPorts,
): Promise<Outcome> {
  const account = await identity.accountId();
  if (account !== settings.ownerUid) return rejected(head, wrongAccount(account, settings.ownerUid));
  const name = roleName(access, requesterUid);
  memory.forget(clock.now(), settings.patienceMs);
  const tags = memory.newestNotes(name, await ram.roleTags(name));
  if (tags.size > 0 && !isOurs(tags)) return rejected(head, notOwned('role', name));
  const record = memory.newest(name, readRecord(tags, clock.now()));
  const { emergency } = record;
  const notes = readNotes(tags);
  const isDue = emergency !== undefined && !isConfirmed(emergency, notes.reviewedAt);
  if (liveIds(record, clock.now()).length === 0 && !isDue)
    return rejected(
      head,
      problem('invalid-request', `${name} grants nothing, so there is nothing to keep; ask for a grant.`),
    );
  const reviewedAt = millis(Math.floor(Math.min(at, clock.now())));
  if (reviewedAt <= (notes.reviewedAt ?? 0)) return outcome(head, 'report');
  if (!hasRoomFor(NOTES_TAG, tags, []))
    return rejected(head, tooManyTags(name, { needed: MAX_TAGS + 1, limit: MAX_TAGS }));
  const write = {
    operation: 'tag-role',
    target: name,
    reason: 'notes that the owner has confirmed the role',
    tags: new Map([[NOTES_TAG, formatNotes({ ...notes, reviewedAt })]]),
  } as const;
  const written = await memory.writer(ram, clock).apply(name, write);
  return outcome(head, 'report', { writes: written === 'done' ? 1 : 0 });
}
