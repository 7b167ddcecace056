import type { Problem, Reply } from './reply.ts';

/** What is known of a request when something fails: whether account B can have it. */
export interface Sending {
  /** Null where no request was made yet. */
  readonly requestId: string | null;
  /** `maybe`: the call ended without an answer that says so. Asking again under the same id is safe: it is one grant. */
  readonly sent: 'no' | 'maybe' | 'yes';
}

export const NOT_SENT: Sending = { requestId: null, sent: 'no' };

/** Everything that a requester throws on purpose. `code` tells the kinds apart without `instanceof`. */
export abstract class RequesterError extends Error implements Sending {
  abstract readonly code:
    | 'invalid-request'
    | 'invalid-options'
    | 'no-reply'
    | 'not-done'
    | 'cloud'
    | 'aborted';
  readonly requestId: string | null;
  readonly sent: Sending['sent'];

  constructor(message: string, { requestId, sent }: Sending, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.requestId = requestId;
    this.sent = sent;
  }
}

/** The request is not valid; nothing was sent. The message names the place and the way out. */
export class InvalidRequestError extends RequesterError {
  readonly code = 'invalid-request';

  constructor(message: string) {
    super(message, NOT_SENT);
  }
}

/** The options of the requester or of waiting are not valid; nothing was sent. The message names each and the way out. */
export class InvalidOptionsError extends RequesterError {
  readonly code = 'invalid-options';

  constructor(message: string) {
    super(message, NOT_SENT);
  }
}

/** No reply came in time. The request is on its way all the same: `waitForReply(requestId)` goes on waiting. */
export class NoReplyError extends RequesterError {
  readonly code = 'no-reply';
  declare readonly requestId: string;

  constructor(requestId: string, waitedMs: number) {
    super(`no reply to ${requestId} came within ${Math.round(waitedMs / 1_000)} s`, {
      requestId,
      sent: 'yes',
    });
  }
}

/** Account B replied that the request was refused (`rejected`) or did not work out (`failed`). */
export class NotDoneError extends RequesterError {
  readonly code = 'not-done';
  readonly reply: Reply;
  readonly problem: Problem | null;

  constructor(reply: Reply) {
    const { status, problem, requestId } = reply.data;
    super(
      `the request was ${status === 'rejected' ? 'rejected' : 'not fulfilled'}: ${problem?.detail ?? status}`,
      { requestId, sent: 'yes' },
    );
    this.reply = reply;
    this.problem = problem;
  }
}

/** The cloud could not be asked: credentials, rights, network, or an installation that is not complete. */
export class CloudCallError extends RequesterError {
  readonly code = 'cloud';

  constructor(message: string, sending: Sending = NOT_SENT, options?: { cause?: unknown }) {
    super(message, sending, options);
  }
}

/** The signal was aborted, or the requester closed, after the request may have left. `cause` is the signal's reason. */
export class AbortedError extends RequesterError {
  readonly code = 'aborted';

  constructor(reason: unknown, sending: Sending) {
    const why = reason instanceof Error ? reason.message : String(reason);
    const state = sending.sent === 'maybe' ? 'may have been sent' : 'was sent';
    super(`${why}; the request ${sending.requestId} ${state}`, sending, { cause: reason });
  }
}
