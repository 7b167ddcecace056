import { type Problem, problem } from '../../events/problem.ts';
import { visible } from '../../events/visible.ts';

/** Refusals of requests that the owner has to approve, and of words of the owner about them. */

export const notApproved = (requestId: string): Problem =>
  problem(
    'not-approved',
    `the owner has denied the request ${requestId}, or nobody approved it within 20 hours; if it is still needed, send it with another request id.`,
  );

/** One request waits on a role. A newer one has taken the place of this. */
export const replaced = (requestId: string): Problem =>
  problem(
    'superseded',
    `a newer request of this account has taken the place of ${requestId}, which nobody had approved yet; send it again, with another request id, if both are needed.`,
  );

export const newerWaits = (requestId: string): Problem =>
  problem(
    'superseded',
    `the request ${requestId}, which is as new or newer, waits for the owner's approval; send this one again if it still holds.`,
  );

export const idInUse = (requestId: string): Problem =>
  problem(
    'invalid-request',
    `a request with the id ${requestId} and other words waits for the owner's approval; send this one with an id of its own.`,
  );

/** A role has room to remember only so many requests that are not to be asked again. */
export const tooManyRefused = (roleName: string): Problem =>
  problem(
    'not-approved',
    `more requests for ${roleName} were denied or not answered within a day than can be remembered there, so nothing new waits for approval until a day after the last of them; ask again then, or with a shorter request id, which takes less room.`,
  );

/** Told to the owner alone. */
export const notWaiting = (requestId: string): Problem =>
  problem(
    'invalid-request',
    `no request ${requestId} with these words and of this time waits for approval: it was changed, approved or denied before, or has ended; nothing was done. See "npx dms-handshake pending".`,
  );

export const denied = (requestId: string, reason: string | null): Problem =>
  problem(
    'not-approved',
    `the owner has denied the request ${requestId}${reason === null ? '' : `: ${visible(JSON.stringify(reason))}`}; if it is still needed, send another one, with another request id.`,
  );

export const otherOwner = (named: string, owner: string): Problem =>
  problem('wrong-account', `the answer is for account ${named}, and this is ${owner}; nothing was done.`);

export const unsignedApproval = (): Problem =>
  problem(
    'signature-invalid',
    'requesters.json lists "approvers", and this approval bears the signature of none of them that was made within 300 seconds of sending; sign it with "npx dms-handshake approve" and a listed key. Nothing was done.',
  );

/** Told to the owner alone. */
export const unsignedKeep = (): Problem =>
  problem(
    'signature-invalid',
    'requesters.json lists "approvers", and this confirmation of a role bears the signature of none of them that was made within 300 seconds of sending; sign it with "npx dms-handshake review --keep ROLE" and a listed key. Nothing was done.',
  );
