import { ApiError } from '../error.ts';
import type { RestResponse } from '../rest.ts';
import { type AnswerFormat, formatted } from './format.ts';

const JSON_FORMAT: AnswerFormat = { type: 'json', root: '' };

/** `{RequestId, HostId, Code, Message, Recommend[, AccessDeniedDetail]}`, or the body of the error, with its status. */
export function errorResponse(
  requestId: string,
  host: string,
  error: ApiError,
  format: AnswerFormat = JSON_FORMAT,
): RestResponse {
  if (error.body !== undefined) return formatted(format, error.status, error.body, { requestId });
  const body = {
    HostId: host,
    Code: error.code,
    Message: error.message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(error.code)}`,
    ...(error.detail === undefined ? {} : { AccessDeniedDetail: error.detail }),
  };
  return formatted(format, error.status, body, { requestId, error: true });
}

/** What a client is told of a crash: nothing about its cause. */
export const internalError = (): ApiError =>
  new ApiError(500, 'InternalError', 'The request processing has failed due to some unknown error.');
