import { z } from 'zod';
import { parseDestination } from './destination-spec.ts';
import { strict } from './strict.ts';
import { triggerSchema } from './trigger-spec.ts';

/** Bytes of all names and values of a function's environment (vendor page "Limits", environment variables: 4 KB). */
const ENVIRONMENT_LIMIT = 4096;

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

const asyncInvokeConfig = strict({
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

const hook = strict({
  handler: z.string().regex(/^[\w-]+\.[\w$]+$/),
  timeout: z.int().min(1).default(3),
});

const environmentVariables = z.record(z.string(), z.string()).superRefine((variables, context) => {
  for (const name of Object.keys(variables)) {
    if (name.startsWith('FC_')) context.addIssue(`${name}: names that begin with FC_ are reserved`);
  }
  const bytes = Object.entries(variables).reduce((sum, [k, v]) => sum + Buffer.byteLength(k + v), 0);
  if (bytes > ENVIRONMENT_LIMIT)
    context.addIssue(`${bytes} bytes of environment, at most ${ENVIRONMENT_LIMIT}`);
});

/**
 * Props of the fc3 component that change nothing here. Those that are not listed (`nasConfig`, `provisionConfig`, ...)
 * are refused: nothing needs them, and most would have the tool make something.
 */
const unused = {
  description: z.string().max(256).optional(),
  internetAccess: z.boolean().optional(),
  resourceGroupId: z.string().min(1).optional(),
  tags: z.array(strict({ key: z.string().min(1), value: z.string() })).optional(),
  vpcConfig: strict({
    vpcId: z.string().min(1),
    vSwitchIds: z.array(z.string().min(1)).min(1),
    securityGroupId: z.string().min(1),
  }).optional(),
};

/** A project and a logstore that are there: `auto` would have the tool make some. */
const logConfig = strict({
  project: z.string().min(1),
  logstore: z.string().min(1),
  enableRequestMetrics: z.boolean().optional(),
  enableInstanceMetrics: z.boolean().optional(),
  logBeginRule: z.enum(['DefaultRegex', 'None']).optional(),
});

/** `props` of a resource with `component: fc3`, by the component's own schema, as far as a managed Node.js runtime goes. */
export const propsSchema = strict({
  ...unused,
  region: z.string().min(1),
  functionName: z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/),
  runtime: z.string().regex(/^nodejs\d+$/, { error: 'the local host runs managed Node.js runtimes only' }),
  handler: z
    .string()
    .regex(/^[\w-]+\.[\w$]+$/)
    .default('index.handler'),
  code: z.string().min(1),
  /** ARN, or the name of a role of the same account. */
  role: z.string().min(1).optional(),
  cpu: z.number().min(0.05).max(16).default(0.35),
  memorySize: z.int().min(128).max(32_768).multipleOf(64).default(512),
  diskSize: z.union([z.literal(512), z.literal(10_240)]).default(512),
  /** Seconds. */
  timeout: z.int().min(1).max(86_400).default(3),
  /** A managed runtime serves one invocation per instance at a time. */
  instanceConcurrency: z
    .literal(1, { error: 'a managed runtime runs one invocation per instance' })
    .default(1),
  logConfig: logConfig.optional(),
  concurrencyConfig: strict({ reservedConcurrency: z.int().min(1) }).optional(),
  environmentVariables: environmentVariables.default({}),
  instanceLifecycleConfig: strict({ initializer: hook.optional(), preStop: hook.optional() }).default({}),
  asyncInvokeConfig: asyncInvokeConfig.prefault({}),
  triggers: z.array(triggerSchema).default([]),
});

/** One function of `s.yaml`, every default filled in. */
export type FunctionSpec = z.infer<typeof propsSchema>;
