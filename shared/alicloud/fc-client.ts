import './silence-debug.ts';

import core from '@alicloud/openapi-core';
import dara from '@darabonba/typescript';
import { coreClient, failureOf } from './core-client.ts';
import type { Credentials } from './credentials.ts';
import { CloudError } from './errors.ts';
import { type Patience, persist } from './retry.ts';
import { transported } from './transport.ts';
import type { FcAction } from './vendor-actions.ts';

export interface FcOptions extends Patience {
  readonly accountId: string;
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: Credentials;
}

/** One call of Function Compute 3.0, API 2023-03-30. */
interface FcCall {
  readonly operation: FcAction;
  /** Of the function; CreateFunction has it in its body only. */
  readonly functionName: string;
  /** Behind the name of the function. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Default POST with a body, else GET. */
  readonly method?: 'PUT' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FcAnswer {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Makes one call, and does not repeat it. Throws `CloudError` for everything but an answer 2xx. */
export async function fcCall(options: FcOptions, call: FcCall, timeoutMs: number): Promise<FcAnswer> {
  const { operation, functionName, path = '', query = {}, method, body, headers = {} } = call;
  const at = operation === 'CreateFunction' ? '' : `/${functionName}`;
  const client = coreClient(options.credentials, new URL(options.endpoint).host, options.endpoint);
  try {
    const answer = await transported(() =>
      client.callApi(
        // The answer comes as a text where nothing else is asked for. See `Api` for what need not be said.
        new core.$OpenApiUtil.Params({
          action: operation,
          version: '2023-03-30',
          pathname: `/2023-03-30/functions${at}${path}`,
          method: method ?? (body === undefined ? 'GET' : 'POST'),
          reqBodyType: 'json',
        }),
        new core.$OpenApiUtil.OpenApiRequest({
          query: { ...query },
          headers: { ...headers },
          body,
        }),
        // `connectTimeout` limits the silence on the socket, and a function may be silent until it has ended.
        new dara.RuntimeOptions({ readTimeout: timeoutMs, connectTimeout: timeoutMs }),
      ),
    );
    return { headers: { ...answer['headers'] }, text: String(answer['body']) };
  } catch (error) {
    throw new CloudError(failureOf(nameOf(call), error));
  }
}

/** What errors say of a call. */
export const nameOf = ({ operation, functionName }: Pick<FcCall, 'operation' | 'functionName'>): string =>
  `Function Compute ${operation} ${functionName}`;

/** One reading, tried again while that may help; null where there is no such thing. Throws `CloudError`. */
export async function fcGet(options: FcOptions, call: FcCall): Promise<unknown> {
  const what = nameOf(call);
  try {
    return await persist(what, options, async (timeoutMs) =>
      jsonOf(what, (await fcCall(options, call, timeoutMs)).text),
    );
  } catch (error) {
    if (error instanceof CloudError && error.failure.status === 404) return null;
    throw error;
  }
}

function jsonOf(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CloudError(failureOf(what, error));
  }
}
