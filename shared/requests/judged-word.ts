import type { Problem } from '../../events/problem.ts';
import { signedUntil } from '../admission/authenticate/signed-message.ts';
import type { Requesters } from '../admission/requesters.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import { otherOwner, unsignedKeep } from './approval-refusals.ts';
import { approverOf, mustSign } from './approver-of.ts';
import type { RequestHead } from './outcome.ts';
import { misreadWord, type Spoken } from './owners-word.ts';
import { ownAccount } from './refusals.ts';

/** A word of the owner about a role, as far as the message alone can be judged. */
export interface JudgedWord {
  /** A word that is refused is for the owner alone. */
  readonly head: RequestHead;
  /** Null: it counts. */
  readonly refusal: Problem | null;
  /** Whose signature it bears; null for none. */
  readonly approvedBy: string | null;
  /** The time that a confirmation counts from: of one that is published again, that of its signature. */
  readonly at: Millis;
}

/** Judges a `close` or a `keep`: the same for provision, which does it, and for verify, which tells of it. */
export function judgedWord(
  { head, said, bad, signed }: Spoken,
  publishedAt: Millis,
  ownerUid: string,
  requesters: Requesters,
): JudgedWord {
  const approvedBy = said?.keep === undefined ? null : approverOf(signed, publishedAt, requesters);
  const at = approvedBy === null ? publishedAt : millis(Math.min(publishedAt, signedUntil(signed) ?? 0));
  const counts = { head, refusal: null, approvedBy, at };
  const refused = (refusal: Problem): JudgedWord => ({
    head: { ...head, to: ['owner'] },
    refusal,
    approvedBy: null,
    at,
  });
  const { close, keep } = said ?? {};
  if (close !== undefined) return close.requesterUid === ownerUid ? refused(ownAccount(ownerUid)) : counts;
  if (keep === undefined) return refused(misreadWord(bad));
  if (keep.ownerUid !== undefined && keep.ownerUid !== ownerUid)
    return refused(otherOwner(keep.ownerUid, ownerUid));
  return approvedBy === null && mustSign(requesters) ? refused(unsignedKeep()) : counts;
}
