import * as z from 'zod';
import { TerminalError } from '../runtime/errors.ts';
import { thrownProblem } from '../runtime/handler.ts';
import { parseAnswer } from './answers.ts';
import { CloudError } from './errors.ts';
import { type FcOptions, fcClient, fcFailure, fcGet } from './fc-client.ts';

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

/** Function Compute 3.0, as far as a command of ours needs it. */
export function functionCompute(options: FcOptions) {
  return {
    /**
     * Runs a function and resolves with what it returned, parsed from JSON. Does not repeat the call, because after a
     * lost answer nobody knows what the function did. Throws `CloudError`, and `TerminalError` for what the function
     * itself threw, which arrives with HTTP 200.
     */
    async invoke(name: string, event: object): Promise<unknown> {
      const what = `Function Compute InvokeFunction ${name}`;
      let answer: Awaited<ReturnType<ReturnType<typeof fcClient>['post']>>;
      try {
        answer = await fcClient(options, INVOCATION_MS).post(
          `/functions/${name}/invocations`,
          JSON.stringify(event),
          {
            'x-fc-invocation-type': 'Sync',
          },
        );
      } catch (error) {
        throw new CloudError(fcFailure(what, error));
      }
      const data = jsonOf(answer.data);
      if (answer.headers['x-fc-error-type'] === undefined) return data;
      const message = parseAnswer(what, thrownAnswer, data).errorMessage;
      throw new TerminalError('internal', `${name} failed: ${thrownProblem(message)?.detail ?? message}`);
    },
    /** Null where there is no such function. */
    async describe(name: string): Promise<FunctionFacts | null> {
      const what = `GetFunction ${name}`;
      const answer = await fcGet(options, what, `/functions/${name}`);
      return answer === null ? null : parseAnswer(`Function Compute ${what}`, functionAnswer, answer);
    },
    /** Empty where there is no such function. */
    async triggers(name: string): Promise<readonly TriggerFacts[]> {
      const what = `ListTriggers ${name}`;
      const answer = await fcGet(options, what, `/functions/${name}/triggers`);
      return answer === null ? [] : parseAnswer(`Function Compute ${what}`, triggersAnswer, answer).triggers;
    },
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
