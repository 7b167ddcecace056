import { type Problem, problem } from '../../events/problem.ts';
import type { Signed } from '../../events/signed.ts';
import { xmlSafeJson } from '../../events/xml-safe-json.ts';
import { admit } from '../../shared/admission/admit.ts';
import type { Headers } from '../../shared/admission/authenticate/headers.ts';
import { signatureState } from '../../shared/admission/authenticate/signed-message.ts';
import { webhookParts } from '../../shared/admission/authenticate/webhook-headers.ts';
import {
  type Client,
  findRequester,
  type Requester,
  type Requesters,
} from '../../shared/admission/requesters.ts';
import type { ParsedRequest } from '../../shared/requests/parsed-request.ts';
import type { Millis } from '../../shared/runtime/millis.ts';

/** The requester that this client asks for, or the problem if it may not ask for this. */
export function askedFor(
  { request, grants }: Pick<ParsedRequest, 'request' | 'grants'>,
  signed: Signed | null,
  client: Client,
  requesters: Requesters,
  now: Millis,
): { readonly requester: Requester } | { readonly problem: Problem } {
  const { requesterUid } = request;
  const requester = client.requesters.includes(requesterUid)
    ? findRequester(requesters, requesterUid)
    : undefined;
  if (requester === undefined)
    return {
      problem: problem(
        'requester-not-allowed',
        `client ${client.name} may not ask for account ${requesterUid}; the owner lists it under that client in requesters.json and deploys again.`,
      ),
    };
  // This function publishes to the topic that the requester is bound to, so it is judged by that topic.
  const topic = requester.topics[0] ?? null;
  const signature = signatureState(signed, requester.publicKeys, now);
  const refusal = admit(request, grants.engines, { topic, signature }, requesters);
  return refusal === null ? { requester } : { problem: refusal };
}

/** The requester's own proof, where the headers carry one. */
export function signedBy(headers: Headers, payload: string): Signed | null {
  const parts = webhookParts(headers);
  return parts === null ? null : { ...parts, payload };
}

/** The envelope for provision, which checks it again. What proved the client is not passed on. */
export function sealed({ id, timestamp, signature, payload }: Signed): string {
  const own = signature.split(' ').filter((one) => one.startsWith('v1a,'));
  return xmlSafeJson({ id, timestamp, signature: own.join(' '), payload });
}
