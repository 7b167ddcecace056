import type { ProblemCode } from '../../events/problem.ts';
import { RetryableError, TerminalError } from '../runtime/errors.ts';

/** What is known of an answer that is an error. `status` 0: no answer arrived. */
export interface Failure {
  /** `RAM CreateRole`. */
  readonly what: string;
  /** The vendor's code, or the system's for a transport error (`ECONNRESET`). */
  readonly code: string;
  readonly status: number;
  readonly requestId: string | null;
  /** Ms that the service asked to wait; null where it did not say. */
  readonly retryAfterMs: number | null;
  /** From `AccessDeniedDetail`: the action that was refused, and by what. */
  readonly denied: { readonly action: string; readonly by: string } | null;
}

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
export function isTransient({ code, status }: Failure): boolean {
  return (
    status === 0 ||
    status >= 500 ||
    status === 429 ||
    /Throttling|TooManyRequests|QpsLimitExceeded|ServiceUnavailable|InternalError|SignatureNonceUsed/.test(
      code,
    )
  );
}

/** The object is there already, or is gone, or is still in use: what was read before the write is no longer true. */
export const isConflict = ({ code }: Failure): boolean =>
  /^(EntityAlreadyExists|EntityNotExist|DeleteConflict)\b/.test(code);

export const isAbsent = ({ code }: Failure): boolean => /^EntityNotExist\b/.test(code);

/** A refused right, by the codes of RAM, STS, the engines and the queue service. */
export const isDenied = ({ code, status }: Failure): boolean =>
  /^(NoPermission|Forbidden\.?|AccessDenied|UnauthorizedOperation|Unauthorized|OperationDenied\.NoPermission)/i.test(
    code,
  ) ||
  (status === 403 && /permission|denied|forbidden|unauthori[sz]ed/i.test(code));

/** The service did not accept who is asking, or said so little that nobody knows: what they may do was never looked at. */
export const isUnidentified = ({ code, status }: Failure): boolean =>
  status === 401 ||
  /^(InvalidAccessKeyId|InvalidSecurityToken|SecurityTokenExpired|SignatureDoesNotMatch|IncompleteSignature|InvalidTimeStamp|Http403$)/.test(
    code,
  );

/** What a failure means to the workflow: worth another delivery, or final. */
export function toHandshakeError(error: CloudError, attempts: number): RetryableError | TerminalError {
  const { failure } = error;
  const options = { cause: error };
  const text = `${error.message}${attempts > 1 ? `, after ${attempts} attempts` : ''}`;
  if (isTransient(failure)) {
    const code: ProblemCode = /Throttling|TooManyRequests|QpsLimit/.test(failure.code)
      ? 'throttled'
      : 'internal';
    return new RetryableError(code, text, options);
  }
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
      `${text}; grant it to the function's role and send the request again`,
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
