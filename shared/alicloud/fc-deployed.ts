import * as z from '../../events/zod.ts';
import { parseAnswer } from './answers.ts';
import { type FcOptions, fcGet, nameOf } from './fc-client.ts';

const text = z.nullish(z.string());
const number = z.nullish(z.number());

/** `GetFunction` of API 2023-03-30, as far as a deployment sets it. */
const functionAnswer = z.object({
  runtime: z.string(),
  handler: z.string(),
  /** CRC64-ECMA of the zip that was uploaded, decimal. */
  codeChecksum: text,
  description: text,
  role: text,
  cpu: number,
  memorySize: number,
  diskSize: number,
  timeout: number,
  instanceConcurrency: number,
  environmentVariables: z.nullish(z.record(z.string(), z.string())),
  logConfig: z.nullish(z.looseObject({ project: text, logstore: text })),
  internetAccess: z.nullish(z.boolean()),
  resourceGroupId: text,
  tags: z.optional(z.unknown()),
  vpcConfig: z.optional(z.unknown()),
  instanceLifecycleConfig: z.optional(z.unknown()),
});
const triggerAnswer = z.object({
  triggerName: z.string(),
  triggerType: z.string(),
  description: text,
  qualifier: text,
  sourceArn: text,
  invocationRole: text,
  /** JSON as text. */
  triggerConfig: text,
});
const triggersAnswer = z.object({ triggers: z.array(triggerAnswer), nextToken: text });
const destination = z.nullish(z.object({ destination: text }));
const asyncAnswer = z.object({
  maxAsyncRetryAttempts: number,
  maxAsyncEventAgeInSeconds: number,
  asyncTask: z.nullish(z.boolean()),
  destinationConfig: z.nullish(z.object({ onSuccess: destination, onFailure: destination })),
});
const concurrencyAnswer = z.object({ reservedConcurrency: number });

export type DeployedTrigger = z.output<typeof triggerAnswer>;

/** A function with all that a deployment gives it. Null: it has none. */
export interface Deployed {
  readonly config: z.output<typeof functionAnswer>;
  readonly triggers: readonly DeployedTrigger[];
  readonly asyncConfig: z.output<typeof asyncAnswer> | null;
  readonly reservedConcurrency: number | null;
}

/** A function as it is in the account now; null where there is none. Throws `CloudError`. */
export async function deployedFunction(options: FcOptions, name: string): Promise<Deployed | null> {
  const functionName = name;
  const config = await read(options, functionAnswer, { operation: 'GetFunction', functionName });
  if (config === null) return null;
  const [triggers, asyncConfig, concurrency] = await Promise.all([
    triggersOf(options, name),
    read(options, asyncAnswer, {
      operation: 'GetAsyncInvokeConfig',
      functionName,
      path: '/async-invoke-config',
      query: { qualifier: 'LATEST' },
    }),
    read(options, concurrencyAnswer, {
      operation: 'GetConcurrencyConfig',
      functionName,
      path: '/concurrency',
    }),
  ]);
  return { config, triggers, asyncConfig, reservedConcurrency: concurrency?.reservedConcurrency ?? null };
}

async function triggersOf(options: FcOptions, functionName: string): Promise<readonly DeployedTrigger[]> {
  const triggers: DeployedTrigger[] = [];
  let nextToken: string | null | undefined;
  do {
    const query = { limit: '100', ...(nextToken ? { nextToken } : {}) };
    const page = await read(options, triggersAnswer, {
      operation: 'ListTriggers',
      functionName,
      path: '/triggers',
      query,
    });
    triggers.push(...(page?.triggers ?? []));
    nextToken = page?.nextToken;
  } while (nextToken);
  return triggers;
}

async function read<T>(
  options: FcOptions,
  schema: z.ZodMiniType<T>,
  call: Parameters<typeof fcGet>[1],
): Promise<T | null> {
  const answer = await fcGet(options, call);
  return answer === null ? null : parseAnswer(nameOf(call), schema, answer);
}
