import { RetryableError, TerminalError } from '../runtime/errors.ts';
import type { Failure } from './failure.ts';
import { meaningOf } from './recognise.ts';

/** The error of one call, before it is known what it means to the caller. Its message holds codes and names only. */
export class CloudError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(describe(failure), options);
    this.name = 'CloudError';
    this.failure = failure;
  }
}

/** Whether the same call, made again a little later, may succeed. */
export const isTransient = (failure: Failure): boolean =>
  ['throttled', 'passing'].includes(meaningOf(failure));

/** The object is there already, or is gone, or is still in use: what was read before the write is no longer true. */
export const isConflict = ({ code }: Failure): boolean =>
  /^(EntityAlreadyExists|EntityNotExist|DeleteConflict)\b/.test(code);

export const isAbsent = ({ code }: Failure): boolean => /^EntityNotExist\b/.test(code);

/** A refused right: by what the code says, or a 403 of any name. */
export const isDenied = (failure: Failure): boolean => ['denied', 'refused'].includes(meaningOf(failure));

/** What a caller is told of whatever a call threw: an error of the vendor in our words, anything else as it is. */
export const tellCaller = (error: unknown): unknown =>
  error instanceof CloudError ? toHandshakeError(error, 1) : error;

/**
 * What a failure means for the event: another delivery may succeed (`RetryableError`), or none can (`TerminalError`).
 */
export function toHandshakeError(error: CloudError, attempts: number): RetryableError | TerminalError {
  const { failure } = error;
  const options = { cause: error };
  const text = `${error.message}${attempts > 1 ? `, after ${attempts} attempts` : ''}`;
  if (isTransient(failure))
    return new RetryableError(meaningOf(failure) === 'throttled' ? 'throttled' : 'internal', text, options);
  // Credentials of a function rotate: the next delivery has fresh ones.
  if (
    /InvalidSecurityToken|InvalidAccessKeyId|InvalidTimeStamp|SecurityTokenExpired|^TimeExpired/.test(
      failure.code,
    )
  )
    return new RetryableError('internal', text, options);
  if (isDenied(failure))
    return new TerminalError(
      'permission-missing',
      `${text}; grant it to the function's role (npx dms-handshake bootstrap in account B restores its rights), then send the request again`,
      options,
    );
  if (/^LimitExceeded/.test(failure.code))
    return new TerminalError(
      'quota-exceeded',
      `${text}; raise the quota or remove what is not needed, then send the request again`,
      options,
    );
  return new TerminalError('internal', text, options);
}

function describe({ what, code, status, requestId, denied }: Failure): string {
  const reason = denied === null ? '' : `: ${denied.action} is not allowed (${denied.by})`;
  const answer = status === 0 ? `no answer (${code})` : `${code} (HTTP ${status})`;
  return `${what}: ${answer}${reason}${requestId === null ? '' : `, request id ${requestId}`}`;
}
