import { ApiError } from '../error.ts';
import type { RestResponse } from '../rest.ts';

const TYPE = 'application/json;charset=utf-8';

/** The answer of an RPC or ROA operation. */
export function jsonResponse(requestId: string, status: number, body: object): RestResponse {
  return {
    status,
    headers: { 'content-type': TYPE, 'x-acs-request-id': requestId },
    body: JSON.stringify({ RequestId: requestId, ...body }),
  };
}

/** `{RequestId, HostId, Code, Message, Recommend[, AccessDeniedDetail]}`, or the body of the error, with its status. */
export function errorResponse(requestId: string, host: string, error: ApiError): RestResponse {
  if (error.body !== undefined) return jsonResponse(requestId, error.status, error.body);
  return jsonResponse(requestId, error.status, {
    HostId: host,
    Code: error.code,
    Message: error.message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(error.code)}`,
    ...(error.detail === undefined ? {} : { AccessDeniedDetail: error.detail }),
  });
}

/** What a client is told of a crash: nothing about its cause. */
export const internalError = (): ApiError =>
  new ApiError(500, 'InternalError', 'The request processing has failed due to some unknown error.');

/** A crash on the way through Message Service: its clients take an answer that is not XML for a success. */
export function xmlInternalError(requestId: string): RestResponse {
  const { code, message, status } = internalError();
  const parts = `<Code>${code}</Code><Message>${message}</Message><RequestId>${requestId}</RequestId><HostId>local</HostId>`;
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=utf-8' },
    body: `<?xml version="1.0"?>\n<Error>${parts}</Error>`,
  };
}
