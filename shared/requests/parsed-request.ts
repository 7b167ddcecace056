import { createHash } from 'node:crypto';
import type { Outcome } from '../../events/outcome.ts';
import { parseRequest } from '../../events/parse-request.ts';
import { type Problem, problem } from '../../events/problem.ts';
import type { Request } from '../../events/request.ts';
import { REQUEST_ID } from '../../events/request-id.ts';
import type { Signed } from '../../events/signed.ts';
import { traced } from '../../events/trace.ts';
import type { SignatureState } from '../admission/admit.ts';
import { openEnvelope } from '../admission/authenticate/signed-message.ts';
import { originOf } from '../admission/origin.ts';
import type { Requesters } from '../admission/requesters.ts';
import type { EngineId } from '../catalogue/engine.ts';
import { type Grants, NO_GRANTS } from '../catalogue/grants.ts';
import { isGrants, resolveAsked } from '../catalogue/resolve-engines.ts';
import { type EndRules, NO_END_RULES } from '../record/ends.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { Delivery } from './delivery.ts';
import { headOf, rejected, toldTo } from './outcome.ts';
import { ownAccount, pastExpiry } from './refusals.ts';
import { digestOf, wordsOf } from './request-digest.ts';

/** A request that was understood: every name resolved, every default filled in. */
export interface ParsedRequest {
  readonly request: Request;
  readonly requestId: string;
  readonly fingerprint: string;
  readonly grants: Grants;
  /** The broker's time of the message. */
  readonly at: Millis;
  /** The end that was asked for; null where none is named. */
  readonly until: Millis | 'never' | null;
  /** The ends that the requester's grants may have; none until it is admitted. */
  readonly ends: EndRules;
  /** Whether the requester may have these engines: an extension may name none, and is about those of the record. */
  readonly judge: (engines: readonly EngineId[]) => Problem | null;
  /** The proof of its sender that came along, and what it is worth for the requester that is named. */
  readonly signed: Signed | null;
  readonly signature: SignatureState;
  /** The account that is proved to have sent it; null where none is. Another than the one that is named may not ask. */
  readonly sender: string | null;
}

/**
 * Reads a delivery of the requests' lane. Returns a refusal for what cannot be read or cannot be granted. Makes no
 * call.
 */
export function parseRequestOf(
  delivery: Delivery,
  ownerUid: string,
  requesters: Requesters,
): ParsedRequest | Outcome {
  const { payload, signed } = openEnvelope(delivery.body);
  const read = parseRequest(payload);
  const named = ('bad' in read ? read.readable.requesterUid : read.request.requesterUid) ?? null;
  const { topic, publishedAt: at } = delivery;
  const { signature, sender } = originOf({ topic, signed, at, named }, requesters);
  // What is not proved to be whose it says it is has ids of its own, which no answer to a proved request can have.
  const space = sender !== null && (named ?? sender) === sender ? '' : `unproved ${topic} ${sender} `;
  if ('bad' in read) {
    const { requestId, reference = null, traceparent } = read.readable;
    const id = requestId ?? signedId(signed) ?? delivery.messageId;
    const asked = {
      requestId: id,
      fingerprint: space + fingerprint(id, payload),
      ...toldTo(sender),
      reference,
    };
    return rejected(
      { ...asked, ...traced(traceparent), action: 'grant', access: 'register' },
      problem('invalid-request', `${read.bad}.`),
    );
  }
  const { request } = read;
  const requestId = request.requestId ?? signedId(signed) ?? delivery.messageId;
  const parsed: ParsedRequest = {
    request,
    requestId,
    fingerprint: space + fingerprint(requestId, digestOf(wordsOf(request, requestId))),
    grants: NO_GRANTS,
    at,
    until: endOf(request),
    ends: NO_END_RULES,
    judge: () => null,
    signed,
    signature,
    sender,
  };
  const asked = grantsAsked(request, ownerUid, at);
  return isGrants(asked) ? { ...parsed, grants: asked } : rejected(headOf(parsed), asked);
}

/** What a request names, resolved; or why nobody can be granted that. `at`: when the request was sent. */
export function grantsAsked(request: Request, ownerUid: string, at: Millis): Grants | Problem {
  const asked = resolveAsked(request);
  if (!isGrants(asked)) return asked;
  if (request.requesterUid === ownerUid) return ownAccount(ownerUid);
  const until = endOf(request);
  return typeof until === 'number' && until <= at ? pastExpiry(request, at) : asked;
}

function endOf({ expiresAt }: Request): ParsedRequest['until'] {
  if (expiresAt === undefined) return null;
  return expiresAt === 'never' ? expiresAt : millis(Date.parse(expiresAt));
}

export const isParsedRequest = (understood: ParsedRequest | Outcome): understood is ParsedRequest =>
  'request' in understood;

/** The id in the envelope of a signed request. The sender of a webhook knows its request by this id. */
const signedId = (signed: Signed | null): string | null =>
  signed !== null && REQUEST_ID.test(signed.id) ? signed.id : null;

/** The same for every copy of a request: its id and its words. */
export const fingerprint = (requestId: string, body: string): string =>
  createHash('sha256').update(requestId).update('\0').update(body).digest('hex').slice(0, 32);
