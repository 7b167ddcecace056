import { DIGEST } from '../../events/digest.ts';
import { type OwnersWord, parseOwnersWord } from '../../events/owner.ts';
import { parseRequest } from '../../events/parse-request.ts';
import { type Problem, problem } from '../../events/problem.ts';
import type { Request } from '../../events/request.ts';
import type { Signed } from '../../events/signed.ts';
import { openEnvelope } from '../admission/authenticate/signed-message.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { Delivery } from './delivery.ts';
import type { RequestHead } from './outcome.ts';
import { fingerprint } from './parsed-request.ts';
import { digestOf, wordsOf } from './request-digest.ts';

/** A message of the owner's lane. */
export interface Spoken {
  /** Told to the requester that it is about, and to the owner; to the owner alone where it cannot be read. */
  readonly head: RequestHead;
  readonly said: OwnersWord | null;
  /** What is wrong with it; null where it can be read. */
  readonly bad: string | null;
  /** The answer to a request that waits; null for another word. */
  readonly answer: OwnersAnswer | null;
  /** The envelope that it came in; null for none. */
  readonly signed: Signed | null;
}

/** Yes or no to a request that waits for approval. */
export interface OwnersAnswer {
  readonly says: 'yes' | 'no';
  readonly ownerUid: string;
  readonly request: Request;
  readonly requestId: string;
  /** That of the words, whatever the answer says. */
  readonly digest: string;
  readonly since: Millis;
  /** Of a no; null where none is given. */
  readonly reason: string | null;
  /** What the request is told, where the answer counts: `head` is for the owner alone. */
  readonly head: RequestHead;
}

/** Reads a delivery of the owner's lane. Its outcomes have ids that those of requests cannot have. */
export function spokenByOwner({ body, messageId }: Delivery): Spoken {
  const { payload, signed } = openEnvelope(body);
  const parsed = parseOwnersWord(payload);
  if ('bad' in parsed)
    return { ...toOwner(messageId, body), said: null, bad: parsed.bad, answer: null, signed };
  const said = parsed.word;
  const role = said.close ?? said.keep;
  if (role === undefined) return { ...answered(said, messageId, body), said, signed };
  const requestId = role.requestId ?? messageId;
  return {
    said,
    bad: null,
    answer: null,
    signed,
    head: {
      requestId,
      fingerprint: `owner ${fingerprint(requestId, body)}`,
      requesterUid: role.requesterUid,
      to: [role.requesterUid, 'owner'],
      reference: null,
      // Of a role that is kept it is told what it is.
      action: said.keep === undefined ? 'revoke' : 'verify',
      access: role.access,
    },
  };
}

const toOwner = (requestId: string, body: string): Pick<Spoken, 'head'> => ({
  head: {
    requestId,
    fingerprint: `owner ${fingerprint(requestId, body)}`,
    requesterUid: null,
    to: ['owner'],
    reference: null,
    action: 'revoke',
    access: 'register',
  },
});

function answered(
  { approve, deny }: OwnersWord,
  messageId: string,
  body: string,
): Pick<Spoken, 'head' | 'bad' | 'answer'> {
  const given = approve ?? deny;
  const bad = (why: string) => ({ ...toOwner(messageId, body), bad: why, answer: null });
  if (given === undefined) return bad('nothing is said');
  const read = parseRequest(JSON.stringify(given.request));
  if ('bad' in read) return bad(`the request of the answer cannot be read: ${read.bad}`);
  const { request } = read;
  const { requestId } = request;
  if (requestId === undefined) return bad('the request of the answer has no "requestId"');
  const digest = digestOf(wordsOf(request, requestId));
  if (!DIGEST.test(given.digest) || digest !== given.digest)
    return bad(
      'the digest of the answer is not that of its request, so something else was approved than is asked',
    );
  const head: RequestHead = {
    requestId,
    fingerprint: fingerprint(requestId, digest),
    requesterUid: request.requesterUid,
    to: [request.requesterUid, 'owner'],
    reference: request.reference ?? null,
    action: request.action,
    access: request.access,
  };
  const since = millis(Date.parse(given.since));
  const says = approve === undefined ? 'no' : 'yes';
  return {
    head: {
      ...toOwner(requestId, body).head,
      reference: head.reference,
      action: request.action,
      access: request.access,
    },
    bad: null,
    answer: {
      says,
      ownerUid: given.ownerUid,
      request,
      requestId,
      digest,
      since,
      reason: deny?.reason ?? null,
      head,
    },
  };
}

/** Why a word of the owner is refused. `bad`: what is wrong with it. */
export const misreadWord = (bad: string | null): Problem =>
  problem('invalid-request', `on the topic of the owner, ${bad ?? 'nothing is said'}.`);
