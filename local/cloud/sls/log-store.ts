import * as z from 'zod';
import { seconds } from './operation.ts';
import type { LogStore } from './state.ts';

/** Source: page "CreateLogStore". */
export const logStoreName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,61}[a-z0-9]$/, '2 to 63 lower-case letters, digits, hyphens and underscores');

/** What can be changed later. Whatever else is sent is passed over. */
const changeable = {
  ttl: z.number().int().min(1).max(3650),
  hot_ttl: z.number().int().min(0).optional(),
  infrequentAccessTTL: z.number().int().min(0).optional(),
  autoSplit: z.boolean().optional(),
  maxSplitShard: z.number().int().min(0).max(256).optional(),
  appendMeta: z.boolean().optional(),
  enable_tracking: z.boolean().optional(),
  mode: z.enum(['standard', 'query', 'lite']).optional(),
  encrypt_conf: z.looseObject({}).optional(),
};

export const creation = z.object({
  logstoreName: logStoreName,
  shardCount: z.number().int().min(1).max(100),
  telemetryType: z.string().optional(),
  ...changeable,
});
export const change = z.object(changeable);

const DEFAULTS = {
  enable_tracking: false,
  autoSplit: false,
  maxSplitShard: 0,
  appendMeta: false,
  telemetryType: '',
  mode: 'standard',
};

/** A logstore as GetLogStore shows it. One that a function has made has the settings of the console. */
export const shownLogStore = (name: string, { settings, createdAt, modifiedAt }: LogStore): object => ({
  ttl: 30,
  shardCount: 2,
  ...DEFAULTS,
  ...settings,
  logstoreName: name,
  createTime: seconds(createdAt),
  lastModifyTime: seconds(modifiedAt),
});
