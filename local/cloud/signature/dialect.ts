import { ApiError } from '../error.ts';

/** How one family of services words its refusals. */
export interface Dialect {
  unknownKey(): ApiError;
  inactiveKey(): ApiError;
  wrongSignature(): ApiError;
  wrongTime(): ApiError;
  /** `problem`: `Expired`, `Malformed`, `MismatchWithAccessKey` or `Missing`. */
  token(problem: TokenProblem): ApiError;
}

export type TokenProblem = 'Expired' | 'Malformed' | 'MismatchWithAccessKey' | 'Missing';

const tokenMessages: Readonly<Record<TokenProblem, string>> = {
  Expired: 'Specified SecurityToken is expired.',
  Malformed: 'Specified SecurityToken is malformed.',
  MismatchWithAccessKey: 'Specified SecurityToken mismatch with the AccessKey.',
  Missing: 'SecurityToken is mandatory for this action.',
};

const tokenError = (status: number, problem: TokenProblem): ApiError => {
  const code = problem === 'Missing' ? 'MissingSecurityToken' : `InvalidSecurityToken.${problem}`;
  return new ApiError(status, code, tokenMessages[problem]);
};

const MISMATCH = 'The request signature we calculated does not match the signature you provided.';

/** RPC and ROA services (page "Common error codes" of the API gateway). */
export const gatewayDialect: Dialect = {
  unknownKey: () => new ApiError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.'),
  inactiveKey: () => new ApiError(403, 'InvalidAccessKeyId.Inactive', 'Specified access key is disabled.'),
  wrongSignature: () =>
    new ApiError(
      400,
      'SignatureDoesNotMatch',
      `${MISMATCH} Check the access key secret and the signing method.`,
    ),
  wrongTime: () =>
    new ApiError(
      400,
      'InvalidTimeStamp.Expired',
      'Specified time stamp or date value is expired: it must be within 15 minutes of the server time.',
    ),
  token: (problem) => tokenError(400, problem),
};

/** Message Service, API 2015-06-06 (page "Error responses"). */
export const mnsDialect: Dialect = {
  unknownKey: () => new ApiError(403, 'InvalidAccessKeyId', 'The AccessKey Id you provided is not exist.'),
  inactiveKey: () => new ApiError(403, 'InvalidAccessKeyId', 'The AccessKey Id you provided is disabled.'),
  wrongSignature: () => new ApiError(403, 'SignatureDoesNotMatch', MISMATCH),
  wrongTime: () =>
    new ApiError(
      408,
      'TimeExpired',
      'The http request you sent is expired: its date is not within 15 minutes.',
    ),
  token: (problem) => tokenError(403, problem),
};

/**
 * Function Compute's own signature (page "Error codes"); the codes for time and token are inferred.
 *
 * Belief fc-key-codes (inferred): Function Compute has codes of its own for an old clock and a wrong token. Source:
 * "Error codes" names those of keys. Shown wrong by: conformance signatures: Function Compute's own.
 */
export const fcDialect: Dialect = {
  unknownKey: () => new ApiError(403, 'InvalidAccessKeyID', 'The access key id is not valid.'),
  inactiveKey: () => new ApiError(403, 'InvalidAccessKeyID', 'The access key id is disabled.'),
  wrongSignature: () =>
    new ApiError(403, 'SignatureNotMatch', `${MISMATCH} Check your access key and signing method.`),
  wrongTime: () => new ApiError(403, 'AccessDenied', 'The date of the request is not within 15 minutes.'),
  token: (problem) => new ApiError(403, 'AccessDenied', tokenMessages[problem]),
};

/** Object Storage Service (page "Error responses"). */
export const ossDialect: Dialect = {
  unknownKey: () =>
    new ApiError(
      403,
      'InvalidAccessKeyId',
      'The OSS Access Key Id you provided does not exist in our records.',
    ),
  inactiveKey: () =>
    new ApiError(403, 'InvalidAccessKeyId', 'The OSS Access Key Id you provided is disabled.'),
  wrongSignature: () => new ApiError(403, 'SignatureDoesNotMatch', MISMATCH),
  wrongTime: () =>
    new ApiError(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    ),
  token: (problem) => new ApiError(403, 'InvalidSecurityToken', tokenMessages[problem]),
};
