import type { Action } from '../events/request.js';
import { type Clock } from '../shared/runtime/clock.js';
import type { RequesterOptions } from './options.js';
import type { Reply } from './reply.js';
import type { Wanted } from './wanted.js';
export interface SendOptions {
    /** Stops the sending and the waiting. A request that was sent stays sent. */
    readonly signal?: AbortSignal | undefined;
}
export interface WaitOptions extends SendOptions {
    /** How long to wait for the reply, in ms. Default: 60,000. */
    readonly waitMs?: number | undefined;
}
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
}
/**
 * Sends requests of account A to account B and takes the replies out of A's own queue. Every method throws
 * `InvalidRequestError` before anything is sent, and `CloudCallError` when a call of the cloud fails; each error says
 * whether the request may have been sent, and under which id. The same request twice is one grant, so a call whose end is
 * not known can be made again.
 */
export declare const createRequester: (options: RequesterOptions) => Requester;
/** On a clock of its own: for tests, and for commands that have one. */
export declare function requesterAt(options: RequesterOptions, clock: Clock): Requester;
