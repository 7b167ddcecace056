import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import { type Counted, REVOKES_PER_MINUTE } from '../admission/rate.ts';
import { headOf, rejected } from './outcome.ts';
import type { ParsedRequest } from './parsed-request.ts';

/** What the rate of an admitted request is counted by. It was admitted, so who it names has sent it. */
export function countedOf({ request, fingerprint, grants }: ParsedRequest): Counted {
  const { requesterUid: sender, action, access, users = [] } = request;
  const words = [access, grants.engines.toSorted(), grants.connections.toSorted(), users.toSorted()];
  return { sender, fingerprint, action, words: JSON.stringify(words) };
}

/**
 * The outcome of a request over the limit. Its reply has an id of its own: the same request sent again later gets another
 * answer, which nobody may take for a copy of this one.
 */
export function tooOften(parsed: ParsedRequest, perMinute: number): Outcome {
  const head = headOf(parsed);
  const { requesterUid, action } = parsed.request;
  const detail =
    action === 'revoke' ? heldRevoke(requesterUid, REVOKES_PER_MINUTE) : heldWithin(requesterUid, perMinute);
  return rejected({ ...head, fingerprint: heldBack(head.fingerprint) }, problem('throttled', detail, true));
}

export const heldBack = (fingerprint: string): string => `held back ${fingerprint}`;

export const heldRevoke = (uid: string, most: number): string =>
  `account ${uid} has sent more than ${most} revokes within a minute, and this one was carried out in it; nothing is left to take away.`;

export const heldWithin = (uid: string, perMinute: number): string =>
  `account ${uid} may have ${perMinute} requests a minute carried out, and this one came on top; send it again in a minute, or the owner raises "requestsPerMinute" in requesters.json and deploys again.`;
