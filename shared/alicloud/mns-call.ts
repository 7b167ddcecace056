import './silence-debug.ts';

import type { Answer as MnsAnswer } from '@alicloud/mns';
import type { Credentials } from './credentials.ts';
import { CloudError } from './errors.ts';
import type { Failure } from './failure.ts';
import type Client from './mns-client.ts';
import { transported } from './transport.ts';

export type { MnsAnswer };

export interface MnsOptions {
  /** UID of the account that owns the topic or queue. */
  readonly accountId: string;
  readonly endpoint: string;
  readonly credentials: Credentials;
}

/** Statuses of codes, for an error that does not say its own. Source: the error table of Simple Message Queue. */
const STATUS_OF: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  InvalidAccessKeyId: 403,
  SignatureDoesNotMatch: 403,
  TimeExpired: 408,
  QueueNotExist: 404,
  TopicNotExist: 404,
  SubscriptionNotExist: 404,
  MessageNotExist: 404,
  InvalidArgument: 400,
  MalformedXML: 400,
  ReceiptHandleError: 400,
  QueueAlreadyExist: 409,
  TopicAlreadyExist: 409,
  SubscriptionAlreadyExist: 409,
  TooManyRequests: 429,
  QpsLimitExceeded: 429,
  InternalError: 500,
};

/**
 * The SDK, loaded by the first call. It is half of what intake loads, and a request that is refused does not need it.
 */
const sdk = async () => (await import('./mns-client.ts')).default;

/**
 * Makes one call of the queue service with the vendor's SDK. Resolves only with an answer of an `expectedStatus`, and
 * throws `CloudError` for every other. That is needed because `@alicloud/mns` 1.2.0 resolves for an error that is not
 * XML, throws a TypeError for error XML without `HostId`, and names other errors `MNS<Code>Error` without a status.
 */
export async function callMns(
  what: string,
  options: MnsOptions,
  timeoutMs: number,
  expectedStatus: number | readonly number[],
  call: (client: Client) => Promise<MnsAnswer>,
): Promise<MnsAnswer> {
  const client = new (await sdk())(options.accountId, {
    ...options.credentials.reveal(),
    endpoint: options.endpoint,
    readTimeout: timeoutMs,
    connectTimeout: timeoutMs,
  });
  let answer: MnsAnswer;
  try {
    answer = await transported(() => call(client));
  } catch (error) {
    throw new CloudError(failureOf(what, error));
  }
  if ([expectedStatus].flat().includes(answer.code)) return answer;
  throw new CloudError({ ...unknownFailure(what), code: `Http${answer.code}`, status: answer.code });
}

function failureOf(what: string, error: unknown): Failure {
  if (!(error instanceof Error)) return unknownFailure(what);
  const code = /^MNS(\w+)Error$/.exec(error.name)?.[1];
  if (code !== undefined) {
    const requestId = /requestid: ([\w-]{1,64})/.exec(error.message)?.[1] ?? null;
    // The SDK puts the status into the text only.
    const status = Number(/ failed with (\d{3})\./.exec(error.message)?.[1] ?? STATUS_OF[code] ?? 400);
    return { ...unknownFailure(what), code, status, requestId };
  }
  // The SDK could not read an error answer. What the service said is lost, but it was an error.
  if (error instanceof TypeError) return { ...unknownFailure(what), code: 'UnreadableError', status: 500 };
  const system = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { ...unknownFailure(what), code: system.replaceAll(/\W/g, '') };
}

const unknownFailure = (what: string): Failure => ({
  what,
  code: 'Unknown',
  status: 0,
  requestId: null,
  retryAfterMs: null,
  denied: null,
});
