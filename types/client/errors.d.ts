import type { Problem, Reply } from './reply.js';
/** What is known of a request when something fails: whether account B can have it. */
export interface Sending {
    /** Null where no request was made yet. */
    readonly requestId: string | null;
    /** `maybe`: the call ended without an answer that says so. Asking again under the same id is safe: it is one grant. */
    readonly sent: 'no' | 'maybe' | 'yes';
}
export declare const NOT_SENT: Sending;
/** Everything that a requester throws on purpose. `code` tells the kinds apart without `instanceof`. */
export declare abstract class RequesterError extends Error implements Sending {
    abstract readonly code: 'invalid-request' | 'no-reply' | 'not-done' | 'cloud' | 'aborted';
    readonly requestId: string | null;
    readonly sent: Sending['sent'];
    constructor(message: string, { requestId, sent }: Sending, options?: {
        cause?: unknown;
    });
}
/** The request is not valid; nothing was sent. The message names the place and the way out. */
export declare class InvalidRequestError extends RequesterError {
    readonly code = "invalid-request";
    constructor(message: string);
}
/** No reply came in time. The request is on its way all the same: `waitForReply(requestId)` goes on waiting. */
export declare class NoReplyError extends RequesterError {
    readonly code = "no-reply";
    readonly requestId: string;
    constructor(requestId: string, waitedMs: number);
}
/** Account B replied that the request was refused (`rejected`) or did not work out (`failed`). */
export declare class NotDoneError extends RequesterError {
    readonly code = "not-done";
    readonly reply: Reply;
    readonly problem: Problem | null;
    constructor(reply: Reply);
}
/** The cloud could not be asked: credentials, rights, network, or an installation that is not complete. */
export declare class CloudCallError extends RequesterError {
    readonly code = "cloud";
    constructor(message: string, sending?: Sending, options?: {
        cause?: unknown;
    });
}
/** The signal was aborted, or the requester closed, after the request may have left. `cause` is the signal's reason. */
export declare class AbortedError extends RequesterError {
    readonly code = "aborted";
    constructor(reason: unknown, sending: Sending);
}
