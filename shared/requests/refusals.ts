import { type Problem, problem } from '../../events/problem.ts';
import type { Request } from '../../events/request.ts';
import type { GrantId } from '../record/record.ts';
import { type HandshakeError, RetryableError, TerminalError } from '../runtime/errors.ts';
import type { Millis } from '../runtime/millis.ts';

/** Refusals of requests that could be read. Each says what prevents it and what to do. */

export const wrongAccount = (actual: string, owner: string): Problem =>
  problem(
    'wrong-account',
    `the function's credentials belong to account ${actual}, not to the configured owner ${owner}; set OWNER_UID to the account that the function runs in, or deploy it there.`,
  );

export const notOwned = (kind: 'role' | 'policy', name: string): Problem =>
  problem(
    'role-not-owned',
    `the ${kind} ${name} exists without the tag managed-by=dms-handshake, so it is somebody else's and was not touched; rename or delete it, or tag it to hand it over, then send the request again.`,
  );

export const ownAccount = (uid: string): Problem =>
  problem(
    'own-account',
    `requesterUid is ${uid}, the owner's own account, in which DMS needs no role, and RAM would rewrite the trust to plain dms.aliyuncs.com; give the UID of the account that runs DMS.`,
  );

export const pastExpiry = ({ expiresAt }: Pick<Request, 'expiresAt'>, at: Millis): Problem =>
  problem(
    'invalid-request',
    `expiresAt is ${JSON.stringify(expiresAt)}, which was past when the request was sent at ${new Date(at).toISOString()}; give a later time or leave it out.`,
  );

export const overtaken = (ids: readonly GrantId[]): Problem =>
  problem(
    'superseded',
    `a newer request has decided about ${ids.join(', ')}; send a new request if this one still holds.`,
  );

/** A new end for what is not granted; of everything where no ids are named. */
export const notGranted = (ids: readonly GrantId[]): Problem =>
  problem(
    'invalid-request',
    ids.length === 0
      ? 'nothing is granted, so no end can be extended; ask for it with a grant.'
      : `${ids.join(', ')} ${ids.length === 1 ? 'is' : 'are'} not granted, so the end cannot be extended; leave it out, or ask for it with a grant. Nothing was changed.`,
  );

/** A new end for what was granted as long ago as the requester may have it. */
export const noLaterEnd = (ids: readonly GrantId[]): Problem =>
  problem(
    'expired',
    `${ids.join(', ')} may last no longer: "maxDays" of requesters.json counts from the first grant, and an extension does not begin anew; ask for a new grant when it has ended.`,
  );

/** A new end for what was granted in an emergency. */
export const emergencyEnds = (ids: readonly GrantId[]): Problem =>
  problem(
    'invalid-request',
    `${ids.join(', ')} ${ids.length === 1 ? 'was' : 'were'} granted in an emergency, which is not extended; ask for it with a grant that is none. Nothing was changed.`,
  );

/** An emergency about what is granted. */
export const grantedAlready = (ids: readonly GrantId[]): Problem =>
  problem(
    'invalid-request',
    `${ids.join(', ')} ${ids.length === 1 ? 'is' : 'are'} granted already, so this is no emergency; leave ${ids.length === 1 ? 'it' : 'them'} out. Nothing was changed.`,
  );

/** An emergency after one that the owner has not confirmed. */
export const notReviewed = (at: Millis): Problem =>
  problem(
    'not-approved',
    `the owner has not yet confirmed the last access in an emergency, of ${new Date(at).toISOString()}; there is no other until it has ("npx dms-handshake review --keep ROLE"). Ask the owner, or ask without "breakGlass".`,
  );

/** An emergency that was sent before the owner confirmed the role: that confirmation was not about it. */
export const beforeReview = (at: Millis, reviewedAt: Millis): Problem =>
  problem(
    'not-approved',
    `access in an emergency was asked for at ${new Date(at).toISOString()}, and the owner has confirmed the role after that, at ${new Date(reviewedAt).toISOString()}, without having seen it; if it is still needed, send it with another request id.`,
  );

/** An emergency on a role whose tag of the last one was edited by hand. */
export const unreadableEmergency = (tag: string): Problem =>
  problem(
    'not-approved',
    `the tag ${tag} of the role cannot be read, so it is not known whether the last access in an emergency was confirmed; the owner looks in ActionTrail who wrote it, and takes it off. Ask the owner, or ask without "breakGlass".`,
  );

/** A grant whose end lay in the future when it was sent, and in the past when it arrived. */
export const cameTooLate = (until: Millis): Problem =>
  problem(
    'expired',
    `the grant was to end at ${new Date(until).toISOString()}, which was past when the request arrived; ask again with a later end.`,
  );

/** A grant that reached provision so late that the record of a revoke after it may be gone. */
export const reachedTooLate = (at: Millis, now: Millis): Problem =>
  problem(
    'expired',
    `the grant was asked for at ${new Date(at).toISOString()} and reached provision at ${new Date(now).toISOString()}, which is too late to know that nothing has taken it back since; ask again.`,
  );

/** Told to the owner: only verify may publish there, so somebody else could, or holds its keys. */
export const MISPLACED_UPKEEP = problem(
  'invalid-request',
  'the topic of upkeep takes what verify finds due, and nothing else; send requests to a request topic, and find out who may publish here beside the verify function.',
);

/** A grant that has ended. `lapsed`: because nobody had confirmed its role. */
export interface Ended {
  readonly id: string;
  readonly until: Millis;
  readonly lapsed?: boolean;
}

/** Grants that ended, as the record of their role had it, or because nobody confirmed it. */
export function ranOut(ended: readonly Ended[]): Problem {
  return problem('expired', `${ended.map(endedLine).join('; ')}; ask again to have it granted anew.`);
}

/** One of those, and why. */
export const endedLine = ({ id, until, lapsed = false }: Ended): string =>
  `${id} ended at ${new Date(until).toISOString()}${lapsed ? ', because nobody had confirmed it after its review was told' : ''}`;

/** A role whose tags leave no room for the record of a grant: nothing is given that could not be written down. */
export const tooManyTags = (name: string, { needed, limit }: { needed: number; limit: number }): Problem =>
  problem(
    'quota-exceeded',
    `the record of ${name} would need ${needed} tags, and a grant may fill ${limit} of the 20 that RAM keeps (14 RAM users by name), so that taking away always has room; take tags of others off the role, or revoke what is no longer needed, then send the request again.`,
  );

/** Taking single users away, or adding some, says nothing while the whole account is trusted. */
export const accountIsTrusted = (requesterUid: string, action: 'grant' | 'revoke'): Problem =>
  problem(
    'invalid-request',
    `the whole account ${requesterUid} is trusted, so a ${action} for some of its users changes nothing; to narrow it, first revoke the console access without "users", then grant it with the users that are to keep it.`,
  );

/**
 * What failed while RAM users were to be named in a trust policy. No page says what RAM answers when one of them does not
 * exist, so every answer but a throttled one or a full quota may be about that, and the text says what to look at.
 *
 * Belief unknown-user (inferred): RAM takes a RAM user of another account into a trust policy without looking whether
 * it exists. The code bears a refusal as well. Source: none; no page says either. Shown wrong by: doctor --live.
 */
export function withUsers(
  error: HandshakeError,
  { users, requesterUid }: { readonly users?: readonly string[] | undefined; readonly requesterUid: string },
): HandshakeError {
  if (users === undefined || error.code === 'throttled' || error.code === 'quota-exceeded') return error;
  const names = users.map((user) => JSON.stringify(user)).join(', ');
  const text = `${error.message}; if it stays so, look in account ${requesterUid} whether its RAM users have exactly these names: ${names}; or ask without "users", which trusts the whole account`;
  const options = { cause: error };
  if (error.retryable) return new RetryableError(error.code, text, options);
  return new TerminalError(error.code === 'internal' ? 'invalid-request' : error.code, text, options);
}
