import type { Addressee, Outcome } from '../../events/outcome.ts';
import type { Problem } from '../../events/problem.ts';
import type { Reply } from '../../events/reply.ts';
import { endOf } from '../record/asked.ts';
import { iso } from '../record/entry.ts';
import { unapproved } from '../requests/approval-heads.ts';
import { notApproved, replaced } from '../requests/approval-refusals.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import { type ReplySource, replyAbout, replyWithoutProof } from './reply.ts';

/** The notice that a request waits for the owner's approval, with all that the owner needs to answer it. */
export function pendingReply(outcome: Outcome, sender: ReplySource, now: Millis): Reply {
  const plain = replyWithoutProof(outcome, sender, now);
  const { asked, since } = outcome;
  // Provision never gives a time that is still to come, so such a one is not believed.
  const at = millis(Math.min(since ?? now, now));
  return replyAbout(outcome, sender, now, {
    ...plain.data,
    status: 'pending',
    problem: null,
    ...(asked === undefined ? {} : { request: asked.request, digest: asked.digest }),
    since: iso(at),
    endsAt: iso(endOf({ at })),
  });
}

export interface Left {
  readonly reply: Reply;
  readonly to: readonly Addressee[];
}

/** What its requester, and the owner who was asked, are told of a request that waits no more; null where there is none. */
export function leftReply(outcome: Outcome, sender: ReplySource, now: Millis): Left | null {
  const { left, requesterUid, access, action } = outcome;
  if (left === undefined || requesterUid === null) return null;
  const { requestId, digest, why } = left;
  const problem: Problem = why === 'replaced' ? replaced(requestId) : notApproved(requestId);
  const reply = replyWithoutProof(
    {
      ...outcome,
      action,
      access,
      requestId,
      fingerprint: unapproved(digest),
      reference: null,
      traceparent: undefined,
      result: 'rejected',
      problem,
    },
    sender,
    now,
  );
  return { reply, to: [requesterUid, 'owner'] };
}
