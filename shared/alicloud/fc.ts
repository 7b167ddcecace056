import './silence-debug.ts';

import Client from '@alicloud/fc2';
import * as z from 'zod';
import { TerminalError } from '../runtime/errors.ts';
import { thrownProblem } from '../runtime/handler.ts';
import { parseAnswer } from './answers.ts';
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

/** The parts of a function's configuration that are used here. */
const functionAnswer = z.object({
  runtime: z.string(),
  role: z.string().optional(),
  timeout: z.number(),
  environmentVariables: z.record(z.string(), z.string()).optional(),
});
const triggersAnswer = z.object({
  triggers: z.array(
    z.object({ triggerName: z.string(), triggerType: z.string(), sourceArn: z.string().optional() }),
  ),
});
const thrownAnswer = z.object({ errorMessage: z.string() });

export type FunctionFacts = z.output<typeof functionAnswer>;
export type TriggerFacts = z.output<typeof triggersAnswer>['triggers'][number];

/** The longest that a function of ours runs, and some time for the connection, in ms. */
const INVOCATION_MS = 200_000;

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
export function functionCompute(options: FcOptions) {
  const client = (timeoutMs: number): Client => {
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
  };
  const get = async (what: string, path: string): Promise<unknown> => {
    try {
      return await persist(what, options, async (timeoutMs) => {
        try {
          return (await client(timeoutMs).get(path)).data;
        } catch (error) {
          throw new CloudError(failureOf(what, error));
        }
      });
    } catch (error) {
      if (error instanceof CloudError && error.failure.status === 404) return null;
      throw error;
    }
  };
  return {
    /**
     * Runs a function and resolves with what it returned, parsed from JSON. Does not repeat the call, because after a
     * lost answer nobody knows what the function did. Throws `CloudError`, and `TerminalError` for what the function
     * itself threw, which arrives with HTTP 200.
     */
    async invoke(name: string, event: object): Promise<unknown> {
      const what = `Function Compute InvokeFunction ${name}`;
      let answer: Awaited<ReturnType<Client['post']>>;
      try {
        answer = await client(INVOCATION_MS).post(`/functions/${name}/invocations`, JSON.stringify(event), {
          'x-fc-invocation-type': 'Sync',
        });
      } catch (error) {
        throw new CloudError(failureOf(what, error));
      }
      const data = jsonOf(answer.data);
      if (answer.headers['x-fc-error-type'] === undefined) return data;
      const message = parseAnswer(what, thrownAnswer, data).errorMessage;
      throw new TerminalError('internal', `${name} failed: ${thrownProblem(message)?.detail ?? message}`);
    },
    /** Null where there is no such function. */
    async describe(name: string): Promise<FunctionFacts | null> {
      const what = `Function Compute GetFunction ${name}`;
      const answer = await get(what, `/functions/${name}`);
      return answer === null ? null : parseAnswer(what, functionAnswer, answer);
    },
    /** Empty where there is no such function. */
    async triggers(name: string): Promise<readonly TriggerFacts[]> {
      const what = `Function Compute ListTriggers ${name}`;
      const answer = await get(what, `/functions/${name}/triggers`);
      return answer === null ? [] : parseAnswer(what, triggersAnswer, answer).triggers;
    },
  };
}

/** The SDK's own errors name status and request id in their text; the system's carry a code. */
function failureOf(what: string, error: unknown): Failure {
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

/** A function's answer is `application/octet-stream`: a text, of JSON if the function is one of ours. */
function jsonOf(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
