import type { Action } from '../../events/action.ts';
import type { Unless } from '../admission/approval.ts';
import { findRequester, type Requesters } from '../admission/requesters.ts';
import type { Asked } from '../record/asked.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { ParsedRequest } from './parsed-request.ts';
import { digestOf, wordsOf } from './request-digest.ts';

/** Where the owner has to approve what a requester is granted. */
export type Gate =
  /** Takes away: nothing may end later by that. */
  | { readonly kind: 'narrows' }
  /** A request as its requester sent it. */
  | { readonly kind: 'asks'; readonly asked: Asked; readonly unless: Unless | null }
  /** The same request as the owner approved it. `action`: what it asks for. */
  | { readonly kind: 'approved'; readonly asked: Asked; readonly action: Action }
  /** This request waits no more, since the owner has denied it. */
  | { readonly kind: 'denied'; readonly asked: Asked }
  /** What waits on the role is to wait no more, once its time is over. */
  | { readonly kind: 'unanswered' };

/** What the owner has to say to a request; undefined where it has not. It is found by the same rules for every door. */
export function gateOf(parsed: ParsedRequest, requesters: Requesters): Gate | undefined {
  const { request, requestId, at } = parsed;
  // An emergency waits for nobody.
  if (request.breakGlass !== undefined) return undefined;
  const approval = findRequester(requesters, request.requesterUid)?.approval ?? null;
  if (approval === null || request.action === 'verify') return undefined;
  if (request.action === 'revoke') return { kind: 'narrows' };
  const digest = digestOf(wordsOf(request, requestId));
  const asked = { at: wholeMillis(at), digest, requestId, state: 'waits' } as const;
  return { kind: 'asks', asked, unless: approval.unless };
}

/** Tags hold whole milliseconds. */
const wholeMillis = (at: Millis): Millis => millis(Math.floor(at));
