import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import type { Requesters } from '../../shared/admission/requesters.ts';
import { reconcile } from '../../shared/reconcile/reconcile.ts';
import type { ProvisionPorts } from '../../shared/reconcile/reconciled.ts';
import { changeOf } from '../../shared/reconcile/role-change.ts';
import type { Asked } from '../../shared/record/asked.ts';
import type { Change } from '../../shared/record/change.ts';
import { admitUnsent } from '../../shared/requests/admit-request.ts';
import { unapproved } from '../../shared/requests/approval-heads.ts';
import { denied, otherOwner, unsignedApproval } from '../../shared/requests/approval-refusals.ts';
import { approverOf, mustSign } from '../../shared/requests/approver-of.ts';
import type { Delivery } from '../../shared/requests/delivery.ts';
import type { Gate } from '../../shared/requests/gate.ts';
import { outcome, rejected } from '../../shared/requests/outcome.ts';
import { misreadWord, type OwnersAnswer, type Spoken } from '../../shared/requests/owners-word.ts';
import { isParsedRequest, parseRequestOf } from '../../shared/requests/parsed-request.ts';
import type { Settings } from '../../shared/runtime/config.ts';
import { TerminalError } from '../../shared/runtime/errors.ts';
import { outcomeOf } from './outcome-of.ts';

type With = Settings & { readonly requesters: Requesters };

/**
 * Does what the owner answers to a request that waits. The request of the answer is read anew as of the time at which it
 * was sent, and may still be refused. Where an answer does nothing, that is for the owner alone: the request waits on.
 */
export async function answerRequest(
  spoken: Spoken & { readonly answer: OwnersAnswer },
  { publishedAt }: Delivery,
  settings: With,
  ports: ProvisionPorts,
): Promise<Outcome> {
  const { head, answer, signed } = spoken;
  if (answer.ownerUid !== settings.ownerUid)
    return rejected(head, otherOwner(answer.ownerUid, settings.ownerUid));
  const approvedBy = approverOf(signed, publishedAt, settings.requesters);
  if (answer.says === 'yes' && approvedBy === null && mustSign(settings.requesters))
    return rejected(head, unsignedApproval());
  const asked = askedIn(answer);
  const { action } = answer.request;
  const gate: Gate = answer.says === 'yes' ? { kind: 'approved', asked, action } : { kind: 'denied', asked };
  const now = ports.clock.now();
  const change: Change | Outcome | null =
    answer.says === 'yes' ? approvedChange(answer, settings) : { action: 'expire', now };
  if (change === null) return rejected(head, misreadWord('the request of the answer asks for no change'));
  if ('kind' in change) return rejected(head, change.problem ?? misreadWord(null));
  const { access, requesterUid } = answer.request;
  try {
    const reconciled = await reconcile({ access, requesterUid }, change, settings, ports, gate);
    if (reconciled.refusal !== null) return rejected(head, reconciled.refusal);
    if (answer.says === 'yes')
      return { ...outcomeOf(answer.head, change, reconciled, ports.clock.now()), approvedBy };
    return outcome({ ...answer.head, fingerprint: unapproved(answer.digest) }, 'rejected', {
      writes: reconciled.writes,
      problem: denied(answer.requestId, answer.reason),
    });
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    return outcome(answer.says === 'yes' ? answer.head : head, 'failed', {
      problem: problem(error.code, `${error.message}.`),
    });
  }
}

const askedIn = ({ since: at, digest, requestId }: OwnersAnswer): Asked => ({
  at,
  digest,
  requestId,
  state: 'waits',
});

/** The change that was asked for then; or why it cannot be granted now, or null where it asks for none. */
function approvedChange(answer: OwnersAnswer, { ownerUid, requesters }: With): Change | Outcome | null {
  const { request, requestId: messageId, since: publishedAt } = answer;
  const parsed = parseRequestOf(
    { body: JSON.stringify(request), messageId, publishedAt, topic: null },
    ownerUid,
    requesters,
  );
  const admitted = isParsedRequest(parsed) ? admitUnsent(parsed, requesters) : parsed;
  if (!isParsedRequest(admitted)) return admitted;
  return request.action === 'revoke' ? null : changeOf(admitted);
}
