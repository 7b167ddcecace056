import type { Check } from '../../events/check.ts';
import { type Problem, problem } from '../../events/problem.ts';
import type { Reply } from '../../events/reply.ts';
import type { Grants } from '../catalogue/grants.ts';
import type { Access } from '../catalogue/names.ts';
import { expiryOf } from '../record/expiry.ts';
import { grantedList } from '../record/granted-list.ts';
import type { AccessRecord } from '../record/record.ts';
import type { Millis } from '../runtime/millis.ts';
import { assuranceOf, type ReplySource, replyAbout } from '../verification/reply.ts';
import { unchecked } from '../verification/unchecked.ts';
import type { Verdict } from '../verification/verdict.ts';
import { isUnlisted } from './unlisted-requester.ts';

/** What the sweep tells about one role. */
export interface ChangedRole {
  readonly role: { readonly name: string; readonly arn: string | null; readonly createdAt: Millis };
  /** Null where the name says nothing about who asked for it. */
  readonly requesterUid: string | null;
  readonly access: Access;
  readonly granted: Grants;
  /** What it grants and until when, as its tags say. */
  readonly record: AccessRecord;
  /** Null: nothing was remembered. */
  readonly from: Verdict | null;
  readonly to: Verdict;
  readonly checks: readonly Check[];
  /** What could be checked until then, and cannot any more. */
  readonly lost?: { readonly since: Millis; readonly ids: readonly string[] };
}

/**
 * The reply about a verdict that is no longer what it was. Its id follows from the role, the remembered verdict and the
 * new one: a sweep that finds the same before the new one is remembered sends a copy.
 */
export function changedReply(change: ChangedRole, sender: ReplySource, now: Millis): Reply {
  const { role, requesterUid, access, granted, record, from, to } = change;
  const ends = expiryOf(record, now);
  const since = new Date(from?.at ?? role.createdAt).toISOString();
  const requestId = `sweep:${role.name}:${since}`;
  const fingerprint = JSON.stringify([
    requestId,
    from?.status,
    from?.checks,
    to.status,
    to.checks,
    change.lost,
  ]);
  return replyAbout({ requestId, fingerprint, requesterUid, access, reference: null }, sender, now, {
    status: 'changed',
    roleArn: role.arn,
    engines: [...granted.engines],
    connections: [...granted.connections],
    expiresAt: ends === null ? null : new Date(ends).toISOString(),
    grants: grantedList(record, now),
    assurance: assuranceOf(change.checks),
    checks: change.checks.map((check) => withHistory(check, from, since)),
    prerequisites: lostWords(change),
    console: null,
    problem: to.status === 'verified' ? null : problemOf(change, since),
  });
}

const lostWords = ({ lost, checks }: ChangedRole): string[] =>
  lost === undefined
    ? []
    : unchecked(checks.filter(({ id }) => lost.ids.includes(id))).map(
        (words) => `since ${new Date(lost.since).toISOString()} ${words}`,
      );

/**
 * The owner has to decide about a requester that may not ask any more before anything else, and no wait ends that
 * fault.
 */
const problemOf = (change: ChangedRole, since: string): Problem =>
  change.checks.some(isUnlisted)
    ? problem('requester-not-allowed', detailOf(change, since))
    : problem('verification-failed', detailOf(change, since), true);

const detailOf = ({ from, to, checks }: ChangedRole, since: string): string => {
  const was =
    from === null
      ? 'no verdict yet'
      : from.status === 'verified'
        ? `verified since ${since}`
        : `failed since ${since} (${from.checks.join(', ')})`;
  const why = checks
    .filter(({ status }) => status === 'fail')
    .map(({ id, detail }) => `${id}: ${detail}`)
    .join('; ');
  return `from ${was} to ${to.status}: ${why}.`;
};

/** A check that came out otherwise than it is remembered says so. */
function withHistory(check: Check, from: Verdict | null, since: string): Check {
  const failedBefore = from?.checks.includes(check.id) ?? false;
  if (check.status === 'pass' && failedBefore)
    return { ...check, detail: `${check.detail}; was failed since ${since}` };
  if (check.status === 'fail' && from !== null && !failedBefore)
    return { ...check, detail: `${check.detail}; was not failed in the verdict of ${since}` };
  return check;
}
