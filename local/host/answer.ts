/** What one run of a function came to. */
export interface Outcome {
  readonly body: Buffer;
  /** `x-fc-error-type`; null for a success. */
  readonly errorType: string | null;
}

/**
 * `x-fc-error-type` of everything that the code did not catch. The vendor pages name it for throws; that a timeout
 * and an early exit carry the same type is inferred.
 *
 * Belief unhandled-type (inferred): a timeout and an early exit carry the error type of a throw. Source: the pages
 * name it for throws. Shown wrong by: conformance fc: a function that throws is an answer all the same.
 */
const UNHANDLED = 'UnhandledInvocationError';

/**
 * Encodes what a handler returned: bytes and strings as they are, `undefined` as nothing, all else as JSON.
 * Throws what `JSON.stringify` throws.
 */
export function success(value: unknown): Outcome {
  if (value instanceof Uint8Array) return { body: Buffer.from(value), errorType: null };
  if (typeof value === 'string') return { body: Buffer.from(value), errorType: null };
  return { body: Buffer.from(JSON.stringify(value) ?? ''), errorType: null };
}

/** `{errorMessage, errorType, stackTrace[]}` of a throw (vendor page "Error handling", Node.js). */
export function failure(thrown: unknown): Outcome {
  if (!isErrorLike(thrown)) return platformFailure(String(thrown));
  const stackTrace = (thrown.stack ?? '').split('\n').filter((line) => line !== '');
  return encode({ errorMessage: thrown.message, errorType: thrown.name, stackTrace });
}

/** A failure that the platform reports in the function's place: a message and nothing else. */
export function platformFailure(errorMessage: string): Outcome {
  return encode({ errorMessage });
}

function encode(error: object): Outcome {
  return { body: Buffer.from(JSON.stringify(error)), errorType: UNHANDLED };
}

function isErrorLike(value: unknown): value is Error {
  return value instanceof Error;
}
