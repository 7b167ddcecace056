import { randomUUID } from 'node:crypto';
import type { Action } from '../events/action.ts';
import { xmlSafeJson } from '../events/xml-safe-json.ts';
import { isDenied } from '../shared/alicloud/errors.ts';
import { type Clock, systemClock } from '../shared/runtime/clock.ts';
import { abortable } from './abortable.ts';
import { checkOptions, checkWaiting } from './check-options.ts';
import { checkRequest, expectWanted, refuseDecided } from './check-request.ts';
import { Connection } from './connection.ts';
import { AbortedError, CloudCallError, NoReplyError, NotDoneError } from './errors.ts';
import { failureIn } from './explain.ts';
import { Feed } from './feed.ts';
import type { RequesterOptions } from './options.ts';
import type { Reply } from './reply.ts';
import { replyInbox, replyKey } from './reply-inbox.ts';
import type { SendOptions, WaitOptions } from './waiting.ts';
import type { Wanted } from './wanted.ts';

export interface Requester {
  /** Asks for access and waits. Resolves with a verified reply; throws `NotDoneError` for any other. */
  request(wanted: Wanted, options?: WaitOptions): Promise<Reply<'verified'>>;
  /** Asks for a new end (`expiresAt`) of what is granted. Resolves with a verified reply; throws `NotDoneError`. */
  extend(wanted: Wanted, options?: WaitOptions): Promise<Reply<'verified'>>;
  /** Gives engines back, or with none named all access. Resolves with a `revoked` reply; throws `NotDoneError`. */
  revoke(wanted?: Wanted, options?: WaitOptions): Promise<Reply<'revoked'>>;
  /** Sends and does not wait. Resolves with the request id once the topic has taken the request. */
  send(action: Action, wanted: Wanted, options?: SendOptions): Promise<string>;
  /** Waits for the reply to a request, whatever it says. Throws `NoReplyError` when none came in time. */
  waitForReply(requestId: string, options?: WaitOptions): Promise<Reply>;
  /**
   * Every reply for this account that nobody here waits for, as it arrives: `changed` and `expiring`, too. One is taken
   * out of the queue when the next is asked for, so a program that dies over it hears it again.
   */
  replies(options?: SendOptions): AsyncIterableIterator<Reply>;
  /** Ends `replies()` and all waiting, which throws `AbortedError`. The poll under way takes at most 10 s more. */
  close(): void;
  /** Looks once at the queue of replies. Throws `CloudCallError` where replies could not be received at all. */
  lookForReplies(): Promise<void>;
}

const WAIT_MS = 60_000;

/**
 * Sends requests of account A to account B and takes the replies out of A's own queue. Every method throws
 * `InvalidRequestError` or `InvalidOptionsError` before anything is sent, and `CloudCallError` when a call of the cloud
 * fails; each error says whether the request may have been sent, and under which id. The same request twice is one grant,
 * so a call whose end is not known can be made again.
 */
export const createRequester = (options: RequesterOptions): Requester => requesterAt(options, systemClock);

/** On a clock of its own: for tests, and for commands that have one. */
export function requesterAt(options: RequesterOptions, clock: Clock): Requester {
  checkOptions(options);
  const connection = new Connection(options, clock);
  const inbox = replyInbox(async () => connection.replies(await connection.requesterUid()), clock);
  const closing = new AbortController();
  const asking = new Set<string>();
  const until = (signal: AbortSignal | undefined): AbortSignal =>
    // One of its own for each call: many that wait at once are no leak of listeners.
    AbortSignal.any(signal === undefined ? [closing.signal] : [closing.signal, signal]);

  async function send(
    action: Action,
    wanted: Wanted,
    { signal }: SendOptions = {},
    looking = false,
  ): Promise<string> {
    checkWaiting({ signal });
    refuseDecided(wanted, { action });
    const stop = until(signal);
    stop.throwIfAborted();
    const requesterUid = await abortable(connection.requesterUid(), stop);
    refuseDecided(wanted, { requesterUid });
    const requestId = wanted.requestId ?? randomUUID();
    const body = xmlSafeJson({ ...wanted, requesterUid, action, requestId });
    checkRequest(body, options.ownerUid, clock.now());
    if (looking) await abortable(inbox.look(), stop);
    const publish = await abortable(connection.publisher(requesterUid), stop);
    try {
      await abortable(publish(body), stop);
    } catch (error) {
      if (stop.aborted) throw new AbortedError(stop.reason, { requestId, sent: 'maybe' });
      throw sending(error, requestId, 'maybe');
    }
    return requestId;
  }

  async function waitForReply(requestId: string, waiting: WaitOptions = {}) {
    checkWaiting(waiting);
    const { waitMs = WAIT_MS, signal } = waiting;
    const stop = until(signal);
    try {
      stop.throwIfAborted();
      const requesterUid = await abortable(connection.requesterUid(), stop);
      const key = replyKey({ requestId, requesterUid, ownerUid: options.ownerUid });
      const reply = await inbox.take(key, waitMs, stop);
      if (reply === null) throw new NoReplyError(requestId, waitMs);
      return reply;
    } catch (error) {
      if (stop.aborted) throw new AbortedError(stop.reason, { requestId, sent: 'yes' });
      throw sending(error, requestId, 'yes');
    }
  }

  async function ask<S extends 'verified' | 'revoked'>(
    action: 'grant' | 'revoke' | 'extend',
    hoped: S,
    wanted: Wanted,
    options: WaitOptions = {},
  ): Promise<Reply<S>> {
    checkWaiting(options);
    expectWanted(wanted);
    const requestId = wanted.requestId ?? randomUUID();
    // Whoever listens to all replies must not take this one before somebody waits for it.
    asking.add(requestId);
    try {
      // A reply that nobody could receive would be lost, so nothing is sent before the queue was seen.
      await send(action, { ...wanted, requestId }, { signal: options.signal }, true);
      const end = clock.now() + (options.waitMs ?? WAIT_MS);
      let reply = await waitForReply(requestId, options);
      // That it waits for the owner is a notice; the outcome follows it.
      while (hasStatus(reply, 'pending'))
        reply = await waitForReply(requestId, { ...options, waitMs: Math.max(1, end - clock.now()) });
      if (!hasStatus(reply, hoped)) throw new NotDoneError(reply);
      return reply;
    } finally {
      asking.delete(requestId);
    }
  }

  return {
    request: (wanted, options) => ask('grant', 'verified', wanted, options),
    extend: (wanted, options) => ask('extend', 'verified', wanted, options),
    revoke: (wanted = {}, options) => ask('revoke', 'revoked', wanted, options),
    send: (action, wanted, options) => send(action, wanted, options),
    waitForReply,
    lookForReplies: () => inbox.look(),
    replies: ({ signal } = {}) =>
      new Feed(
        inbox,
        ({ data }) => data.ownerUid === options.ownerUid && !asking.has(data.requestId),
        until(signal),
      ),
    close: () => closing.abort(new Error('the requester was closed')),
  };
}

const hasStatus = <S extends string>(reply: Reply, status: S): reply is Reply<S> =>
  reply.data.status === status;

/** What a call of the cloud threw, with what is known of the request. A refusal is a word that nothing was sent. */
function sending(error: unknown, requestId: string, sent: 'maybe' | 'yes'): unknown {
  if (!(error instanceof CloudCallError)) return error;
  const known = sent === 'maybe' && isRefused(error) ? 'no' : sent;
  return new CloudCallError(error.message, { requestId, sent: known }, { cause: error.cause });
}

function isRefused(error: CloudCallError): boolean {
  const failure = failureIn(error)?.failure;
  return failure !== undefined && (isDenied(failure) || failure.status === 404);
}
