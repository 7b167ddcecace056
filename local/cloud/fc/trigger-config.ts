import * as z from 'zod';
import { strict } from './strict.ts';

// What the four kinds of trigger that the local cloud knows can be told. The vendor's own schema lets misspelt keys pass,
// so these are strict.

export const mnsTopicConfig = strict({
  filterTag: z.string().max(16).optional(),
  notifyContentFormat: z.enum(['STREAM', 'JSON']),
  notifyStrategy: z.enum(['BACKOFF_RETRY', 'EXPONENTIAL_DECAY_RETRY']),
});

/** `authType: jwt`. A key of the set is as its kind of key has it (RFC 7517). */
const authConfig = strict({
  jwks: strict({ keys: z.array(z.record(z.string(), z.unknown())) }),
  tokenLookup: z.array(
    strict({ readPosition: z.string(), parameterName: z.string(), prefix: z.string().optional() }),
  ),
  claimPassBy: z.unknown().optional(),
  blacklist: z.array(z.string()).optional(),
  whitelist: z.array(z.string()).optional(),
});

export const httpConfig = strict({
  authType: z.enum(['anonymous', 'function', 'jwt']),
  methods: z.array(z.enum(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])).min(1),
  disableURLInternet: z.boolean().default(false),
  authConfig: authConfig.optional(),
});

export const timerConfig = strict({
  /** Six fields with seconds, `CRON_TZ=` before them, or `@every 5m`. */
  cronExpression: z.string().regex(/^(@every \d+[smhd]|(CRON_TZ=\S+\s+)?(\S+\s+){5}\S+)$/, {
    error: 'must have six fields (seconds first), optionally after CRON_TZ=, or be "@every 5m"',
  }),
  enable: z.boolean(),
  payload: z.string().default(''),
});
