import type { NextRequest, Reply } from '../../events/reply.ts';
import { isConnection, isEngine } from '../catalogue/catalogue.ts';
import type { EndRules } from '../record/ends.ts';
import { iso, saidOf, sinceOf } from '../record/entry.ts';
import type { EndNotice } from '../record/notices.ts';
import { type AccessRecord, type GrantId, userNames } from '../record/record.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { ReplySource } from '../verification/reply.ts';
import type { OurRole } from './list-roles.ts';
import { replyOfRole } from './role-reply.ts';

/**
 * The reply that an end is near, with the request that sets a later one. Its id follows from the role, the end and the
 * days before it, so a notice that is told again before it is remembered is a copy.
 */
export function expiringReply(
  role: OurRole,
  record: AccessRecord,
  notice: EndNotice,
  rules: EndRules,
  sender: ReplySource,
  now: Millis,
): Reply {
  const { end, days } = notice;
  const next = extension(role, record, notice, rules);
  return replyOfRole(role, record, `notice:${role.name}:${iso(end)}:${days}`, sender, now, {
    status: 'expiring',
    next,
    prerequisites: [
      `${notice.ids.join(', ')} ends at ${iso(end)}`,
      ...(next === null ? ['"maxDays" of requesters.json allows no later end: ask the owner'] : []),
    ],
    problem: null,
  });
}

/**
 * As long again as the end was away when it was said, and no longer than the owner allows; null where that is no
 * later end.
 */
function extension(
  { id: { access, requesterUid } }: OurRole,
  { entries }: AccessRecord,
  { end, ids }: EndNotice,
  { latestEnd }: EndRules,
): NextRequest | null {
  const terms = ids.flatMap((id) => {
    const entry = entries.get(id);
    if (entry === undefined) return [];
    const since = sinceOf(entry);
    const wanted = end + end - Math.max(since, saidOf(entry) ?? 0);
    const until = Math.min(wanted, latestEnd(since) ?? Number.POSITIVE_INFINITY);
    return until > end ? [{ id, until }] : [];
  });
  if (terms.length === 0) return null;
  const until = millis(Math.min(...terms.map((term) => term.until)));
  return {
    action: 'extend',
    requesterUid,
    access,
    ...parts(terms.map(({ id }) => id)),
    expiresAt: iso(until),
  };
}

function parts(ids: readonly GrantId[]): Pick<NextRequest, 'engines' | 'connections' | 'users'> {
  const [engines, connections] = [ids.filter(isEngine), ids.filter(isConnection)];
  const users = ids.includes('account') ? [] : [...userNames(ids)];
  return {
    ...(engines.length === 0 ? {} : { engines }),
    ...(connections.length === 0 ? {} : { connections }),
    ...(users.length === 0 ? {} : { users }),
  };
}
