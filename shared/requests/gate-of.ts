import { findRequester, type Requesters } from '../admission/requesters.ts';
import type { Gate } from '../reconcile/approval-gate.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { ParsedRequest } from './parsed-request.ts';
import { digestOf, wordsOf } from './request-digest.ts';

/** What the owner has to say to a request, if it has to; by the same rules for every door. */
export function gateOf(parsed: ParsedRequest, requesters: Requesters): { readonly gate?: Gate } {
  const { request, requestId, at } = parsed;
  const approval = findRequester(requesters, request.requesterUid)?.approval ?? null;
  if (approval === null || request.action === 'verify') return {};
  if (request.action === 'revoke') return { gate: { kind: 'narrows' } };
  const digest = digestOf(wordsOf(request, requestId));
  const asked = { at: wholeMillis(at), digest, requestId, state: 'waits' } as const;
  return { gate: { kind: 'asks', asked, unless: approval.unless } };
}

/** Tags hold whole milliseconds. */
const wholeMillis = (at: Millis): Millis => millis(Math.floor(at));
