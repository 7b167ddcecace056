import * as z from 'zod';
import { strict } from './strict.ts';

/** Bytes of all names and values of a function's environment (vendor page "Limits", environment variables: 4 KB). */
const ENVIRONMENT_LIMIT = 4096;

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

export const functionName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/);

/** What a managed Node.js function is made of, with the vendor's defaults. The API and `s.yaml` have these in common. */
export const settingsShape = {
  description: z.string().max(256).optional(),
  internetAccess: z.boolean().optional(),
  resourceGroupId: z.string().min(1).optional(),
  tags: z.array(strict({ key: z.string().min(1), value: z.string() })).optional(),
  runtime: z.string().regex(/^nodejs\d+$/, { error: 'the local host runs managed Node.js runtimes only' }),
  handler: z
    .string()
    .regex(/^[\w-]+\.[\w$]+$/)
    .default('index.handler'),
  role: z.string().optional(),
  cpu: z.number().min(0.05).max(16).default(0.35),
  memorySize: z.int().min(128).max(32_768).multipleOf(64).default(512),
  diskSize: z.union([z.literal(512), z.literal(10_240)]).default(512),
  /** Seconds. */
  timeout: z.int().min(1).max(86_400).default(3),
  /** A managed runtime serves one invocation per instance at a time. */
  instanceConcurrency: z
    .literal(1, { error: 'a managed runtime runs one invocation per instance' })
    .default(1),
  environmentVariables: environmentVariables.default({}),
  instanceLifecycleConfig: strict({ initializer: hook.optional(), preStop: hook.optional() }).default({}),
};
