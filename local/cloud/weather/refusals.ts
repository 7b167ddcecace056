import { ApiError } from '../error.ts';

/**
 * The throttling error of a service. Codes are the vendor's; that RAM and the engines send 400 with it and STS 429 is
 * inferred, and different on purpose: a client has to look at the code (page "Throttling" of each API).
 *
 * Belief throttle-status (inferred): RAM and the engines answer 400 to too many calls, STS 429; the code reads the
 * code. Source: the pages give codes without a status. Shown wrong by: doctor --live.
 */
export function throttled(service: string): ApiError {
  if (service === 'mns') return new ApiError(429, 'TooManyRequests', 'Too many requests. Slow down.');
  if (service === 'fc') return new ApiError(429, 'ResourceThrottled', 'The request is throttled.');
  // The two words with spaces are SelectDB's own.
  if (service === 'selectdb') return new ApiError(400, 'QPS Limit Exceeded', 'Request was denied.');
  const status = service === 'sts' ? 429 : 400;
  return new ApiError(status, 'Throttling.User', 'Request was denied due to user flow control.');
}

export const unavailable = (): ApiError =>
  new ApiError(503, 'ServiceUnavailable', 'The service is unavailable.');

export const internalError = (): ApiError =>
  new ApiError(500, 'InternalError', 'An internal error occurred.');
