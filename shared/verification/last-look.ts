import type { Check } from '../../events/check.ts';
import type { Outcome } from '../../events/outcome.ts';
import { isOurs, type RoleId, roleName } from '../catalogue/names.ts';
import type { UpkeepOutbox } from '../ports.ts';
import { formatNotes, NO_NOTES, NOTES_TAG, readNotes, type Seen } from '../record/notes.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { Proof } from './proof.ts';
import { readVerdict } from './verdict.ts';

type Tags = ReadonlyMap<string, string>;

/** A role that verify has looked at. `asked`: somebody asked what it is, and not for a change of it. */
export interface Looked {
  readonly role: RoleId;
  readonly tags: Tags;
  readonly status: Seen['status'];
  readonly asked: boolean;
}

/**
 * What was found out about a role last, whoever asked: the newer of what the sweep and what verify found. Null for
 * nothing.
 */
export function lastLook(tags: Tags): (Seen & { readonly checks: readonly string[] }) | null {
  const verdict = readVerdict(tags);
  const { seen } = readNotes(tags);
  if (seen === null || (verdict !== null && verdict.at >= seen.at)) return verdict;
  return { ...seen, checks: verdict?.status === seen.status ? verdict.checks : [] };
}

/** What a look came to, for `toNote`. */
export const looked = (
  role: RoleId,
  proof: Pick<Proof, 'role' | 'tags' | 'checks'>,
  action: Outcome['action'] = 'verify',
): Looked => ({
  role,
  tags: proof.role === null ? new Map() : proof.tags,
  status: statusOf(proof.checks),
  asked: action === 'verify',
});

const statusOf = (checks: readonly Check[]): Seen['status'] =>
  checks.some(({ status }) => status === 'fail') ? 'failed' : 'verified';

/**
 * Whether a look says something else than what was found last. That a role is what a request has just made of it is not
 * worth a write: the reply has said so, and the sweep will find it.
 */
export function isNews({ tags, status, asked }: Looked): boolean {
  if (!isOurs(tags)) return false;
  const last = lastLook(tags)?.status ?? (asked ? null : 'verified');
  return last !== status;
}

/** Names that one message of upkeep holds. */
const LONGEST_GROUP = 50;

/** Has provision note those that say something new, so that `list` shows it. What the sweep remembers stays as it is. */
export async function noteLooks(all: readonly Looked[], upkeep: UpkeepOutbox, now: Millis): Promise<void> {
  for (const status of ['verified', 'failed'] as const) {
    const names = all
      .filter((one) => one.status === status && isNews(one))
      .map(({ role }) => roleName(role.access, role.requesterUid));
    const notes = formatNotes({ ...NO_NOTES, seen: { status, at: millis(Math.floor(now)) } });
    for (let from = 0; from < names.length; from += LONGEST_GROUP)
      await upkeep.ask({
        remember: { roles: names.slice(from, from + LONGEST_GROUP), tags: { [NOTES_TAG]: notes } },
      });
  }
}
