import { createHash } from 'node:crypto';
import type { Outcome } from '../../events/outcome.ts';
import { parseRequest } from '../../events/parse-request.ts';
import { type Problem, problem } from '../../events/problem.ts';
import type { Request } from '../../events/request.ts';
import { traced } from '../../events/trace.ts';
import { openEnvelope, type SignedParts } from '../admission/authenticate/signed-message.ts';
import { type Grants, NO_GRANTS } from '../catalogue/grants.ts';
import { isGrants, resolveAsked } from '../catalogue/resolve-engines.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { Delivery } from './delivery.ts';
import { askedBy, rejected } from './outcome.ts';

/** A request that was understood: every name resolved, every default filled in. */
export interface ParsedRequest {
  readonly request: Request;
  readonly requestId: string;
  readonly fingerprint: string;
  readonly grants: Grants;
  /** The broker's time of the message. */
  readonly at: Millis;
  readonly until: Millis | null;
  /** The proof of its sender that came along; not yet checked. */
  readonly signed: SignedParts | null;
}

/** Reads a delivery. Returns a refusal for what cannot be read or cannot be granted. Makes no call. */
export function parseRequestOf(delivery: Delivery, ownerUid: string): ParsedRequest | Outcome {
  const { payload, signed } = openEnvelope(delivery.body);
  const parsed = parseRequest(payload);
  if ('bad' in parsed) {
    const { detail, requestId, requesterUid, reference, traceparent } = parsed.bad;
    const id = requestId ?? signedId(signed) ?? delivery.messageId;
    const asked = { requestId: id, fingerprint: fingerprint(id, payload), requesterUid, reference };
    return rejected(
      { ...asked, ...traced(traceparent), action: 'grant', access: 'register' },
      problem('invalid-request', `${detail}.`),
    );
  }
  const { request } = parsed;
  const requestId = request.requestId ?? signedId(signed) ?? delivery.messageId;
  const wish: ParsedRequest = {
    request,
    requestId,
    fingerprint: fingerprint(requestId, wordsOf(request)),
    grants: NO_GRANTS,
    at: delivery.publishedAt,
    until: request.expiresAt === undefined ? null : millis(Date.parse(request.expiresAt)),
    signed,
  };
  const asked = resolveAsked(request);
  if (!isGrants(asked)) return rejected(askedBy(wish), asked);
  if (request.requesterUid === ownerUid) return rejected(askedBy(wish), ownAccount(ownerUid));
  if (wish.until !== null && wish.until <= wish.at)
    return rejected(askedBy(wish), pastExpiry(request, wish.at));
  return { ...wish, grants: asked };
}

export const isParsedRequest = (understood: ParsedRequest | Outcome): understood is ParsedRequest =>
  'request' in understood;

const ownAccount = (uid: string): Problem =>
  problem(
    'own-account',
    `requesterUid is ${uid}, the owner's own account. RAM would rewrite the trust to plain dms.aliyuncs.com; DMS needs no role in its own account.`,
  );

const pastExpiry = (request: Request, at: Millis): Problem =>
  problem(
    'invalid-request',
    `expiresAt is ${JSON.stringify(request.expiresAt)}, which was past when the request was sent at ${new Date(at).toISOString()}; give a later time or leave it out.`,
  );

/** The id in the envelope of a signed request. The sender of a webhook knows its request by this id. */
const signedId = (signed: SignedParts | null): string | null =>
  signed !== null && /^[A-Za-z0-9._:-]{1,128}$/.test(signed.id) ? signed.id : null;

/** What a request asks for, without its trace: each try of a call has another span and is the same request. */
const wordsOf = ({ traceparent: _, ...request }: Request): string => JSON.stringify(request);

/** The same for every copy of a request: its id and its words. */
export const fingerprint = (requestId: string, body: string): string =>
  createHash('sha256').update(requestId).update('\0').update(body).digest('hex').slice(0, 32);
