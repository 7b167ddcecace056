import type { ProblemCode } from '../../events/problem.ts';

/**
 * An error that this project throws on purpose. `code` is the problem that a requester would read; the message says
 * what failed, where, and what to do, and never holds a key, a token or a signature.
 */
export abstract class HandshakeError extends Error {
  readonly code: ProblemCode;
  abstract readonly retryable: boolean;

  constructor(code: ProblemCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.name = new.target.name;
  }
}

/** The same event may succeed later. It is thrown on, and Function Compute delivers the event again. */
export class RetryableError extends HandshakeError {
  readonly retryable = true;
}

/** No delivery of this event can succeed. It becomes an outcome with this problem. */
export class TerminalError extends HandshakeError {
  readonly retryable = false;
}

/** What a thrown value says, for a log or an outcome. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
