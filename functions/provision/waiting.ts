import type { Outcome } from '../../events/outcome.ts';
import type { Reconciled } from '../../shared/reconcile/reconciled.ts';
import { waits } from '../../shared/record/asked.ts';
import { headBehindGate } from '../../shared/requests/approval-heads.ts';
import { headOf } from '../../shared/requests/outcome.ts';
import type { ParsedRequest } from '../../shared/requests/parsed-request.ts';
import { digestOf, wordsOf } from '../../shared/requests/request-digest.ts';
import type { Millis } from '../../shared/runtime/millis.ts';

/** An outcome with what the owner's approval makes of it: whether the request waits, and which one waits no more. */
export function withWaiting(
  made: Outcome,
  parsed: ParsedRequest,
  { pending, left }: Pick<Reconciled, 'pending' | 'left'>,
  now: Millis,
): Outcome {
  const asked: Outcome =
    pending === null || made.result !== 'applied' ? made : { ...made, result: 'pending', since: pending.at };
  const digest = digestOf(wordsOf(parsed.request, parsed.requestId));
  return {
    ...asked,
    ...headBehindGate(headOf(parsed), asked, digest),
    ...(left === null
      ? {}
      : {
          left: {
            requestId: left.requestId,
            digest: left.digest,
            why: waits(left, now) ? 'replaced' : 'ended',
          },
        }),
  };
}
