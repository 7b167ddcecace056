import * as z from '../../events/zod.ts';
import { TerminalError } from '../runtime/errors.ts';
import { thrownProblem } from '../runtime/handler.ts';
import { parseAnswer } from './answers.ts';
import { type FcOptions, fcCall, fcGet, nameOf } from './fc-client.ts';

/** The parts of a function's configuration that are used here. */
const functionAnswer = z.object({
  runtime: z.string(),
  role: z.optional(z.string()),
  timeout: z.number(),
  environmentVariables: z.optional(z.record(z.string(), z.string())),
  logConfig: z.nullish(z.object({ project: z.nullish(z.string()), logstore: z.nullish(z.string()) })),
});
const triggersAnswer = z.object({
  triggers: z.array(
    z.object({
      triggerName: z.string(),
      triggerType: z.string(),
      sourceArn: z.optional(z.string()),
      httpTrigger: z.nullish(z.object({ urlInternet: z.nullish(z.string()) })),
    }),
  ),
});
const thrownAnswer = z.object({ errorMessage: z.string() });

export type FunctionFacts = z.output<typeof functionAnswer>;
export type TriggerFacts = z.output<typeof triggersAnswer>['triggers'][number];

/** The longest that a function of ours runs, and some time for the connection, in ms. */
const INVOCATION_MS = 200_000;

/** Function Compute 3.0, as far as a command of ours needs it. */
export function functionCompute(options: FcOptions) {
  return {
    /**
     * Runs a function and resolves with what it returned, parsed from JSON. Does not repeat the call, because after a
     * lost answer nobody knows what the function did. Throws `CloudError`, and `TerminalError` for what the function
     * itself threw, which arrives with HTTP 200.
     */
    async invoke(name: string, event: object): Promise<unknown> {
      const call = {
        operation: 'InvokeFunction',
        functionName: name,
        path: '/invocations',
        body: event,
        headers: { 'x-fc-invocation-type': 'Sync' },
      } as const;
      const answer = await fcCall(options, call, INVOCATION_MS);
      const data = jsonOf(answer.text);
      if (answer.headers['x-fc-error-type'] === undefined) return data;
      const message = parseAnswer(nameOf(call), thrownAnswer, data).errorMessage;
      throw new TerminalError('internal', `${name} failed: ${thrownProblem(message)?.detail ?? message}`);
    },
    /** Null where there is no such function. */
    async describe(name: string): Promise<FunctionFacts | null> {
      const call = { operation: 'GetFunction', functionName: name } as const;
      const answer = await fcGet(options, call);
      return answer === null ? null : parseAnswer(nameOf(call), functionAnswer, answer);
    },
    /** Empty where there is no such function. */
    async triggers(name: string): Promise<readonly TriggerFacts[]> {
      const call = { operation: 'ListTriggers', functionName: name, path: '/triggers' } as const;
      const answer = await fcGet(options, call);
      return answer === null ? [] : parseAnswer(nameOf(call), triggersAnswer, answer).triggers;
    },
  };
}

/** A function's answer is a text, of JSON if the function is one of ours. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
