import './silence-debug.ts';

import Client from '@alicloud/fc2';
import type { Credentials } from './credentials.ts';
import { CloudError } from './errors.ts';
import type { Failure } from './failure.ts';
import { type Patience, persist } from './retry.ts';

export interface FcOptions extends Patience {
  readonly accountId: string;
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: Credentials;
}

/**
 * The code that Function Compute 3.0 means by a status. The SDK reads errors in the form of 2016-08-15, so of those
 * of 3.0 it reports the status only.
 */
const CODE_OF: Readonly<Record<number, string>> = {
  400: 'InvalidArgument',
  401: 'Unauthorized',
  403: 'AccessDenied',
  404: 'FunctionNotFound',
  412: 'PreconditionFailed',
  429: 'ResourceThrottled',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
};

/**
 * Function Compute 3.0 through the vendor's 2.0-era SDK, as its own deployment component uses it: version 2023-03-30
 * written over, raw paths. The SDK drops the token of a session whose key does not begin with `STS`: put back here.
 */
export function fcClient(options: FcOptions, timeoutMs: number): Client {
  const { accessKeyId, accessKeySecret, securityToken } = options.credentials.reveal();
  const made = new Client(options.accountId, {
    accessKeyID: accessKeyId,
    accessKeySecret,
    securityToken,
    region: options.region,
    endpoint: options.endpoint,
    timeout: timeoutMs,
  });
  made.version = '2023-03-30';
  made.securityToken = securityToken;
  return made;
}

/**
 * One reading by its path, tried again while that may help; null where there is no such thing. `operation` stands in
 * errors. Throws `CloudError`.
 */
export async function fcGet(
  options: FcOptions,
  operation: string,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const what = `Function Compute ${operation}`;
  try {
    return await persist(what, options, async (timeoutMs) => {
      try {
        return (await fcClient(options, timeoutMs).get(path, query)).data;
      } catch (error) {
        throw new CloudError(fcFailure(what, error));
      }
    });
  } catch (error) {
    if (error instanceof CloudError && error.failure.status === 404) return null;
    throw error;
  }
}

/** The SDK's own errors name status and request id in their text; the system's carry a code. */
export function fcFailure(what: string, error: unknown): Failure {
  const text = error instanceof Error ? error.message : '';
  const status = Number(/ failed with (\d{3})\./.exec(text)?.[1] ?? 0);
  const given = error instanceof Error && 'code' in error ? String(error.code) : 'undefined';
  const name = error instanceof SyntaxError ? 'UnreadableAnswer' : error instanceof Error ? error.name : '';
  const code = given !== 'undefined' ? given : (CODE_OF[status] ?? (status > 0 ? `Http${status}` : name));
  const requestId = /requestid: ([\w-]{1,64})/.exec(text)?.[1] ?? null;
  return {
    what,
    code: code.replaceAll(/[^\w.]/g, '').slice(0, 100),
    status,
    requestId: requestId === 'undefined' ? null : requestId,
    retryAfterMs: null,
    denied: null,
  };
}
