import { randomUUID } from 'node:crypto';
import { parseRequest } from '../events/parse-request.ts';
import { type Reply, xmlSafeJson } from '../events/reply.ts';
import type { RequestInput } from '../events/request.ts';
import { type Clock, systemClock } from '../shared/runtime/clock.ts';
import { Connection } from './connection.ts';
import { InvalidRequestError, NoReplyError, NotDoneError } from './errors.ts';
import { replyInbox, replyKey } from './inbox.ts';
import type { RequesterOptions } from './options.ts';

/**
 * What to ask for: a request without `requesterUid`, which is known, and without `action`, which is the method's
 * name.
 */
export type Wanted = Omit<RequestInput, 'requesterUid' | 'action'>;

export interface WaitOptions {
  /** How long to wait for the reply, in ms. Default: 60,000. */
  readonly waitMs?: number;
  /** Stops the waiting; the promise rejects with the signal's reason. A request that was sent stays sent. */
  readonly signal?: AbortSignal;
}

export interface Requester {
  /** Asks for access and waits. Resolves with a verified reply; throws `NotDoneError` for any other. */
  request(wanted: Wanted, options?: WaitOptions): Promise<Reply>;
  /** Gives engines back, or with none named all access. Resolves with a `revoked` reply; throws `NotDoneError`. */
  revoke(wanted?: Wanted, options?: WaitOptions): Promise<Reply>;
  /** Sends and does not wait. Resolves with the request id once the topic has taken the request. */
  send(action: 'grant' | 'revoke' | 'verify', wanted: Wanted): Promise<string>;
  /** Waits for the reply to a request, whatever it says. Throws `NoReplyError` when none came in time. */
  waitForReply(requestId: string, options?: WaitOptions): Promise<Reply>;
}

const WAIT_MS = 60_000;

/**
 * Sends requests of account A to account B and takes the replies out of A's own queue. Every method throws
 * `InvalidRequestError` before anything is sent, and `CloudCallError` when a call of the cloud fails. The same
 * request twice is one grant, so a call whose end is not known can be made again.
 */
export function createRequester(options: RequesterOptions, clock: Clock = systemClock): Requester {
  const connection = new Connection(options, clock);
  const inbox = replyInbox(async () => connection.replies(await connection.requesterUid()), clock);

  async function send(action: 'grant' | 'revoke' | 'verify', wanted: Wanted): Promise<string> {
    const requesterUid = await connection.requesterUid();
    const requestId = wanted.requestId ?? randomUUID();
    const body = xmlSafeJson({ ...wanted, requesterUid, action, requestId });
    const parsed = parseRequest(body);
    if ('bad' in parsed) throw new InvalidRequestError(parsed.bad.detail);
    await connection.publish(requesterUid, body);
    return requestId;
  }

  async function waitForReply(requestId: string, { waitMs = WAIT_MS, signal }: WaitOptions = {}) {
    const requesterUid = await connection.requesterUid();
    const key = replyKey({ requestId, requesterUid, ownerUid: options.ownerUid });
    const reply = await inbox.take(key, waitMs, signal);
    if (reply === null) throw new NoReplyError(requestId, waitMs);
    return reply;
  }

  async function ask(action: 'grant' | 'revoke', wanted: Wanted, options: WaitOptions = {}) {
    options.signal?.throwIfAborted();
    const reply = await waitForReply(await send(action, wanted), options);
    if (reply.data.status !== (action === 'grant' ? 'verified' : 'revoked')) throw new NotDoneError(reply);
    return reply;
  }

  return {
    request: (wanted, options) => ask('grant', wanted, options),
    revoke: (wanted = {}, options) => ask('revoke', wanted, options),
    send,
    waitForReply,
  };
}
