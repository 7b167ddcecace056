import './silence-debug.ts';

import core from '@alicloud/openapi-core';
import dara from '@darabonba/typescript';
import { readBody } from './answer-body.ts';
import { type CoreClient, coreClient, failureOf, isObject } from './core-client.ts';
import type { Credentials } from './credentials.ts';
import { CloudError } from './errors.ts';
import type { Failure } from './failure.ts';
import { type Patience, persist } from './retry.ts';
import { transported } from './transport.ts';

/** One API of the vendor: where it lives and how it is called. */
export interface ApiCall {
  /** The name for messages: `RAM`. */
  readonly service: string;
  readonly version: string;
  readonly action: string;
  readonly host: string;
  readonly pathname?: string;
  readonly body?: 'none' | 'form' | 'json';
  readonly parameters?: Readonly<Record<string, string>>;
  /** What a `json` body holds, where it is no list of texts. */
  readonly payload?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** `none`: the operation answers a status without a body. Default `json`. */
  readonly answers?: 'json' | 'none';
}

export interface ApiOptions extends Patience {
  readonly credentials: Credentials;
  /** `http://127.0.0.1:PORT` of a stand-in for every host; null in the real cloud. */
  readonly endpoint: string | null;
}

/** Calls any RPC or ROA API of the vendor through the core that its generated SDKs are built on. */
export class Api {
  readonly #options: ApiOptions;
  readonly #clients = new Map<string, CoreClient>();

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /**
   * Answers the body of a successful call, unparsed by any schema. A success has the status 2xx, and its body says
   * nothing else (`readBody`). Throws `CloudError` for an answer that a repetition cannot change, `RetryableError` when
   * attempts or the time of the invocation are used up.
   */
  call(call: ApiCall): Promise<unknown> {
    const what = `${call.service} ${call.action}`;
    return persist(what, this.#options, async (timeoutMs) => {
      let answer: Answer;
      try {
        answer = await transported(() => this.#send(call, timeoutMs));
      } catch (error) {
        throw new CloudError(failureOf(what, error));
      }
      const failure = failureIn(what, answer, call.answers);
      if (failure !== null) throw new CloudError(failure);
      return answer.body;
    });
  }

  async #send(call: ApiCall, timeoutMs: number): Promise<Answer> {
    const body = call.body ?? 'none';
    const parameters = { ...(call.payload ?? call.parameters) };
    const headers = { ...call.headers };
    return this.#client(call.host).callApi(
      // The core sends and signs RPC and ROA alike, takes the protocol from its client, and signs unless it is told not to.
      new core.$OpenApiUtil.Params({
        action: call.action,
        version: call.version,
        pathname: call.pathname ?? '/',
        method: 'POST',
        reqBodyType: body,
        bodyType: call.answers ?? 'json',
      }),
      new core.$OpenApiUtil.OpenApiRequest(
        body === 'none' ? { headers, query: parameters } : { headers, body: parameters },
      ),
      // `connectTimeout` limits the silence on the socket, not only connecting. A shorter one would cut off slow
      // answers.
      new dara.RuntimeOptions({ readTimeout: timeoutMs, connectTimeout: timeoutMs }),
    );
  }

  #client(host: string): CoreClient {
    const known = this.#clients.get(host);
    if (known !== undefined) return known;
    const { credentials, endpoint } = this.#options;
    const client = coreClient(credentials, host, endpoint);
    this.#clients.set(host, client);
    return client;
  }
}

/** Why an answer that the core did not throw is no success all the same; null for one that is. */
function failureIn(
  what: string,
  { statusCode, body: said }: Answer,
  answers: ApiCall['answers'],
): Failure | null {
  // Of an operation that answers nothing, the status alone says whether it succeeded.
  const body = answers === 'none' && said === '' ? {} : said;
  const { code, status, failed, requestId, denied, aboutRights } = readBody(body);
  const outer = Number(statusCode);
  if (!failed && outer < 300) return null;
  return {
    what,
    code: code ?? (isObject(body) && !Array.isArray(body) ? 'NotSuccessful' : 'UnreadableAnswer'),
    status: status !== null && status >= 300 ? status : outer,
    requestId,
    retryAfterMs: null,
    denied,
    ...(aboutRights === true ? { aboutRights: true } : {}),
  };
}

/** What the core answers. */
interface Answer {
  readonly statusCode?: unknown;
  readonly body?: unknown;
}
