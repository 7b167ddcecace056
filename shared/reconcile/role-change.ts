import type { Applied } from '../record/apply-change.ts';
import type { Change } from '../record/change.ts';
import { isRemovable } from '../record/closed-role-deletion.ts';
import { endedIds } from '../record/expiry.ts';
import { type AccessRecord, type GrantId, userId } from '../record/record.ts';
import { isSound } from '../record/retention.ts';
import type { Gate } from '../requests/gate.ts';
import type { ParsedRequest } from '../requests/parsed-request.ts';
import { digestOf, wordsOf } from '../requests/request-digest.ts';
import type { Millis } from '../runtime/millis.ts';
import { type Desired, isClosed } from './desired.ts';
import { diff } from './diff.ts';
import type { Difference } from './difference.ts';
import type { Observed } from './observe.ts';
import { narrowing, plan, planRemoval } from './plan.ts';
import type { Stages } from './write-order.ts';

/** The change of its role's record that a request asks for; null for one that asks to change nothing. */
export function changeOf(parsed: ParsedRequest): Change | null {
  const { request, requestId, grants, at, until, ends, judge } = parsed;
  const { action, reference, breakGlass: reason } = request;
  const ids = idsOf(parsed);
  const some = ids.length === 0 ? 'all' : ids;
  switch (action) {
    case 'verify':
      return null;
    case 'grant':
      return {
        action,
        ids,
        at,
        until,
        ends,
        narrowed: grants.narrowed,
        reference,
        ...(reason === undefined
          ? {}
          : { emergency: { reason, digest: digestOf(wordsOf(request, requestId)) } }),
      };
    case 'revoke':
      return { action, ids: some, at, ends };
    case 'extend':
      return { action, ids: some, at, ends, until: until ?? 'never', judge };
  }
}

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
  change: Change,
  observed: Observed,
  desired: Desired,
  record: AccessRecord,
  now: Millis,
  { gate, recordOnly = false }: { readonly gate?: Gate | undefined; readonly recordOnly?: boolean } = {},
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
  if (change.repair === true && isSound(record)) return ending(found);
  // Upkeep behind a gate is about what waits there, which stands in the tags.
  const noted = gate === undefined ? [] : found.filter(({ write }) => write?.operation === 'tag-role');
  return ending([...new Set([...narrowing(found, endedIds(record, now)), ...noted])]);
}

/** Nothing of the request holds any more. Closing a role is never overtaken as a whole: its time is worth keeping. */
export const isOvertaken = ({ ids, superseded }: Applied): boolean =>
  ids.length > 0 && ids.every((id) => superseded.includes(id));
