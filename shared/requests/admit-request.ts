import type { Outcome } from '../../events/outcome.ts';
import { admit } from '../admission/admit.ts';
import { requestTime } from '../admission/authenticate/signed-message.ts';
import { emergencyRules, endRules } from '../admission/end-rules.ts';
import { findRequester, type Requesters } from '../admission/requesters.ts';
import { headOf, rejected } from './outcome.ts';
import type { ParsedRequest } from './parsed-request.ts';

/**
 * The request as its sender may have it, with the rules for its end; or the refusal. `topic` is where it was
 * published, null for no topic. A signed request counts from the time of its signature, so a copy that is published
 * later is no newer.
 */
export function admitRequest(
  parsed: ParsedRequest,
  topic: string | null,
  requesters: Requesters,
): ParsedRequest | Outcome {
  const { signature } = parsed;
  const at = signature === 'valid' ? requestTime(parsed.signed, parsed.at) : parsed.at;
  return judged({ ...parsed, at }, { topic, signature }, requesters);
}

/**
 * The same for a request that nobody has sent yet: as if it had come on its requester's own topic, with a signature
 * that proves it.
 */
export function admitUnsent(parsed: ParsedRequest, requesters: Requesters): ParsedRequest | Outcome {
  const topic = findRequester(requesters, parsed.request.requesterUid)?.topics[0] ?? null;
  return judged(parsed, { topic, signature: 'valid' }, requesters);
}

function judged(
  parsed: ParsedRequest,
  proof: Parameters<typeof admit>[2],
  requesters: Requesters,
): ParsedRequest | Outcome {
  const { request, grants } = parsed;
  const judge: ParsedRequest['judge'] = (engines) => admit(request, engines, proof, requesters);
  const refusal = judge(grants.engines);
  if (refusal !== null) return rejected(headOf(parsed), refusal);
  const requester = findRequester(requesters, request.requesterUid);
  const ends = request.breakGlass === undefined ? endRules(requester) : emergencyRules(requester);
  return { ...parsed, ends, judge };
}
