import type { ProblemCode } from '../../events/problem.ts';

/**
 * An error that this project throws on purpose. `code` is the problem that a requester would read; the message says
 * what failed, where, and what to do, and never holds a key, a token or a signature.
 */
export abstract class HandshakeError extends Error {
  /** Spelled out in each class: in a bundle the classes have other names. */
  abstract override readonly name: string;
  readonly code: ProblemCode;
  abstract readonly retryable: boolean;

  constructor(code: ProblemCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The same event may succeed later. It is thrown on, and Function Compute delivers the event again. */
export class RetryableError extends HandshakeError {
  override readonly name = 'RetryableError';
  readonly retryable = true;
}

/** No delivery of this event can succeed. It becomes an outcome with this problem. */
export class TerminalError extends HandshakeError {
  override readonly name = 'TerminalError';
  readonly retryable = false;
}

/** What a thrown value says, for a log or an outcome. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
