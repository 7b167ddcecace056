import * as z from 'zod';
import { asyncInvokeConfig } from '../cloud/fc/async-config.ts';
import { functionName, settingsShape } from '../cloud/fc/settings.ts';
import { strict } from '../cloud/fc/strict.ts';
import { triggerSchema } from '../cloud/fc/trigger.ts';

/** A project and a logstore that are there: `auto` would have the tool make some. */
const logConfig = strict({
  project: z.string().min(1),
  logstore: z.string().min(1),
  enableRequestMetrics: z.boolean().optional(),
  enableInstanceMetrics: z.boolean().optional(),
  logBeginRule: z.enum(['DefaultRegex', 'None']).optional(),
});

/** A network that is there. */
const vpcConfig = strict({
  vpcId: z.string().min(1),
  vSwitchIds: z.array(z.string().min(1)).min(1),
  securityGroupId: z.string().min(1),
});

/**
 * `props` of a resource with `component: fc3`, by the component's own schema, as far as a managed Node.js runtime goes.
 * Those that are not listed (`nasConfig`, `provisionConfig`, ...) are refused: nothing needs them, and most would have
 * the tool make something.
 */
export const propsSchema = strict({
  ...settingsShape,
  region: z.string().min(1),
  functionName,
  /** The folder of the code, relative to that of `s.yaml`. */
  code: z.string().min(1),
  /** ARN, or the name of a role of the same account. */
  role: z.string().min(1).optional(),
  vpcConfig: vpcConfig.optional(),
  logConfig: logConfig.optional(),
  concurrencyConfig: strict({ reservedConcurrency: z.int().min(1) }).optional(),
  asyncInvokeConfig: asyncInvokeConfig.prefault({}),
  triggers: z.array(triggerSchema).default([]),
});

/** One function of `s.yaml`, every default filled in. */
export type FunctionSpec = z.infer<typeof propsSchema>;
