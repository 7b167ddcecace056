import * as z from 'zod';
import { parseDestination } from './destination.ts';
import { strict } from './strict.ts';

const destination = strict({
  destination: z.string().transform((arn, context) => {
    const parsed = parseDestination(arn);
    if (parsed !== null) return parsed;
    context.addIssue(
      `destination ${arn} must be acs:fc:<region>:<uid>:functions/<function> or acs:mns:<region>:<uid>:/queues/<queue>/messages`,
    );
    return z.NEVER;
  }),
});

/** How a function's asynchronous events are retried, how old they may get, and where their outcome goes. */
export const asyncInvokeConfig = strict({
  asyncTask: z.boolean().optional(),
  qualifier: z.string().optional(),
  /** Default 3 (vendor page "Configure a retry mechanism"). */
  maxAsyncRetryAttempts: z.int().min(0).max(8).default(3),
  /** Seconds; the default is the fc3 component's. */
  maxAsyncEventAgeInSeconds: z.int().min(1).max(604_800).default(18_000),
  destinationConfig: strict({ onSuccess: destination.optional(), onFailure: destination.optional() }).default(
    {},
  ),
});

export type AsyncInvokeConfig = z.infer<typeof asyncInvokeConfig>;

/** What holds for a function without a configuration of its own. */
export const STANDARD_ASYNC: AsyncInvokeConfig = asyncInvokeConfig.parse({});
