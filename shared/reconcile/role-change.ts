import type { Problem } from '../../events/problem.ts';
import { isEngine } from '../catalogue/catalogue.ts';
import type { EngineId } from '../catalogue/engine.ts';
import type { Access } from '../catalogue/names.ts';
import type { Applied, Change } from '../record/apply-change.ts';
import { isRemovable } from '../record/closed-role-deletion.ts';
import type { Notes } from '../record/notes.ts';
import { type AccessRecord, endedIds, type GrantId, trustedBy, userId } from '../record/record.ts';
import { isSound } from '../record/retention.ts';
import type { Gate } from '../requests/gate.ts';
import type { ParsedRequest } from '../requests/parsed-request.ts';
import { accountIsTrusted, noLaterEnd, notGranted } from '../requests/refusals.ts';
import type { Millis } from '../runtime/millis.ts';
import { type Desired, enginePolicy, isClosed } from './desired.ts';
import { diff } from './diff.ts';
import type { Difference } from './difference.ts';
import type { Observed } from './observe.ts';
import { narrowing, plan, planRemoval } from './plan.ts';
import type { Stages } from './write-order.ts';

/** The role to reconcile, and the change of its record that was asked for. */
export interface RoleChange {
  readonly access: Access;
  readonly requesterUid: string;
  readonly change: Change;
  /** Whether the requester may have these engines: for a change that finds out from the record which they are. */
  readonly judge?: (engines: readonly EngineId[]) => Problem | null;
  /** What is noted beside the record, given what is noted and whether the change changes something. */
  readonly note?: (notes: Notes, isChanged: boolean) => Notes;
  /** Where the owner has to approve what this requester is granted; left out where it has not. */
  readonly gate?: Gate;
  /** Upkeep only: make the whole role what its record says. Else upkeep takes away what has run out, and nothing more. */
  readonly repair?: boolean;
  /** The policy that will probably be attached in the end: read along with the rest, to save a round trip. */
  readonly likelyPolicy: string | null;
}

/** The change that a request asks for; null for one that asks to change nothing. */
export function roleChangeOf(parsed: ParsedRequest, ownerUid: string): RoleChange | null {
  const { request, grants, at, until, ends, judge } = parsed;
  const { action, requesterUid, access } = request;
  if (action === 'verify') return null;
  const ids = idsOf(parsed);
  const some = ids.length === 0 ? 'all' : ids;
  const changeOf = (): Change => {
    if (action === 'grant') return { action, ids, at, until, ends, narrowed: grants.narrowed };
    if (action === 'revoke') return { action, ids: some, at, ends };
    return { action, ids: some, at, ends, until: until ?? 'never' };
  };
  return {
    access,
    requesterUid,
    change: changeOf(),
    judge,
    ...noting(action, request.reference),
    likelyPolicy: action === 'grant' ? (enginePolicy(grants, ownerUid)?.name ?? null) : null,
  };
}

/** The reason of the last grant that changed something stays with the role. */
const noting = (action: string, reference: string | undefined): Pick<RoleChange, 'note'> =>
  action !== 'grant' || reference === undefined
    ? {}
    : {
        note: (notes, isChanged) => (isChanged || notes.reference === null ? { ...notes, reference } : notes),
      };

/** What a request is about. A console grant without names is about the requester's whole account. */
function idsOf({ request, grants }: ParsedRequest): readonly GrantId[] {
  if (request.access === 'register') return [...grants.engines, ...grants.connections];
  if (request.users !== undefined) return request.users.map(userId);
  return request.action === 'grant' ? ['account'] : [];
}

/**
 * The writes for a change. A request makes the whole role what its record says. Upkeep makes no role, and takes away one
 * that has been closed for long enough; it repairs where it is told to and the record can be relied on. `recordOnly`: of
 * a word that came too late only the record is written. Answers the differences that the writes end, and the writes in
 * stages: none where nothing is to be written.
 */
export function dueFor(
  { change, gate, repair = false }: Pick<RoleChange, 'change' | 'gate' | 'repair'>,
  observed: Observed,
  desired: Desired,
  record: AccessRecord,
  now: Millis,
  recordOnly = false,
): { readonly differences: readonly Difference[]; readonly stages: Stages } {
  const all = diff(observed, desired);
  const found = recordOnly ? all.filter(({ write }) => write?.operation === 'tag-role') : all;
  const ending = (differences: readonly Difference[]) => ({
    differences,
    stages: plan(differences, isClosed(desired)),
  });
  if (change.action !== 'expire' && change.action !== 'lapse') return ending(found);
  if (observed.role === null) return ending([]);
  if (isRemovable(record, desired.terms.trusted, observed.role.createdAt, now))
    return { differences: [], stages: planRemoval(observed, desired.roleName) };
  if (repair && isSound(record)) return ending(found);
  const noted = gate?.kind === 'ends' ? found.filter(({ write }) => write?.operation === 'tag-role') : [];
  return ending([...new Set([...narrowing(found, endedIds(record, now)), ...noted])]);
}

/** Why a change of some users cannot be made while the whole account is trusted; null where it can, and for all else. */
export function cannotNarrow(
  { access, requesterUid, change }: RoleChange,
  record: AccessRecord,
  now: Millis,
): Problem | null {
  if (access !== 'console' || !('ids' in change) || change.ids === 'all') return null;
  if (change.action === 'extend' || change.action === 'lapse') return null;
  if (change.ids.includes('account') || trustedBy(record, now) !== 'account') return null;
  return accountIsTrusted(requesterUid, change.action);
}

/** Why an end cannot be set; null where it can, and for all else. Nothing is written then. */
export function cannotExtend({ change, judge }: RoleChange, { ids, missing, over }: Applied): Problem | null {
  if (change.action !== 'extend') return null;
  if (ids.length === 0 || missing.length > 0) return notGranted(missing);
  if (over.length > 0) return noLaterEnd(over);
  return judge?.(ids.filter(isEngine)) ?? null;
}

/** Nothing of the request holds any more. Closing a role is never overtaken as a whole: its time is worth keeping. */
export const isOvertaken = ({ ids, superseded }: Applied): boolean =>
  ids.length > 0 && ids.every((id) => superseded.includes(id));
