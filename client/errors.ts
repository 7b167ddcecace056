import type { Problem } from '../events/problem.ts';
import type { Reply } from '../events/reply.ts';

/** Everything that a requester throws on purpose. `code` tells the kinds apart without `instanceof`. */
export abstract class RequesterError extends Error {
  abstract readonly code: 'invalid-request' | 'no-reply' | 'not-done' | 'cloud';

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The request is not valid; nothing was sent. The message names the place and the way out. */
export class InvalidRequestError extends RequesterError {
  readonly code = 'invalid-request';
}

/** No reply came in time. The request is on its way all the same: `waitForReply(requestId)` goes on waiting. */
export class NoReplyError extends RequesterError {
  readonly code = 'no-reply';
  readonly requestId: string;

  constructor(requestId: string, waitedMs: number) {
    super(`no reply to ${requestId} came within ${Math.round(waitedMs / 1_000)} s`);
    this.requestId = requestId;
  }
}

/** Account B replied that the request was refused (`rejected`) or did not work out (`failed`). */
export class NotDoneError extends RequesterError {
  readonly code = 'not-done';
  readonly reply: Reply;
  readonly problem: Problem | null;

  constructor(reply: Reply) {
    const { status, problem } = reply.data;
    super(
      `the request was ${status === 'rejected' ? 'rejected' : 'not fulfilled'}: ${problem?.detail ?? status}`,
    );
    this.reply = reply;
    this.problem = problem;
  }
}

/** The cloud could not be asked: credentials, rights, network, or an installation that is not complete. */
export class CloudCallError extends RequesterError {
  readonly code = 'cloud';
}
