import { z } from 'zod';

/** Fields that every trigger of `s.yaml` has (fc3 component, `ITrigger`). */
const common = {
  triggerName: z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,127}$/),
  description: z.string().optional(),
  qualifier: z.string().default('LATEST'),
  invocationRole: z.string().optional(),
  sourceArn: z.string().optional(),
};

// The component's own schema lets misspelt keys of triggerConfig pass, so these are strict.
const mnsTopic = z.strictObject({
  ...common,
  triggerType: z.literal('mns_topic'),
  sourceArn: z.string().regex(/^acs:mns:[a-z0-9-]+:\d*:\/topics\/[A-Za-z0-9-]+$/, {
    error: 'must be acs:mns:<region>:<uid>:/topics/<topic>',
  }),
  triggerConfig: z.strictObject({
    filterTag: z.string().max(16).optional(),
    notifyContentFormat: z.enum(['STREAM', 'JSON']),
    notifyStrategy: z.enum(['BACKOFF_RETRY', 'EXPONENTIAL_DECAY_RETRY']),
  }),
});

const http = z.strictObject({
  ...common,
  triggerType: z.literal('http'),
  triggerConfig: z.strictObject({
    authType: z.enum(['anonymous', 'function', 'jwt']),
    methods: z.array(z.enum(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])).min(1),
    disableURLInternet: z.boolean().default(false),
    authConfig: z.unknown().optional(),
  }),
});

const timer = z.strictObject({
  ...common,
  triggerType: z.literal('timer'),
  triggerConfig: z.strictObject({
    /** Six fields with seconds, `CRON_TZ=` before them, or `@every 5m`. */
    cronExpression: z.string().regex(/^(@every \d+[smhd]|(CRON_TZ=\S+\s+)?(\S+\s+){5}\S+)$/, {
      error: 'must have six fields (seconds first), optionally after CRON_TZ=, or be "@every 5m"',
    }),
    enable: z.boolean(),
    payload: z.string().default(''),
  }),
});

const eventBridge = z.strictObject({
  ...common,
  triggerType: z.literal('eventbridge'),
  triggerConfig: z.strictObject({
    triggerEnable: z.boolean(),
    asyncInvocationType: z.boolean(),
    eventRuleFilterPattern: z.string(),
    eventSinkConfig: z.looseObject({ deliveryOption: z.looseObject({}) }),
    eventSourceConfig: z.looseObject({
      eventSourceType: z.string(),
      eventSourceParameters: z.looseObject({}),
    }),
    runOptions: z.looseObject({}),
  }),
});

export const triggerSchema = z.discriminatedUnion('triggerType', [mnsTopic, http, timer, eventBridge], {
  error: (issue) =>
    issue.code === 'invalid_union'
      ? `trigger type ${JSON.stringify(typeOf(issue.input))} is not supported; known are mns_topic, http, timer, eventbridge`
      : undefined,
});

export type TriggerSpec = z.infer<typeof triggerSchema>;
export type MnsTopicTrigger = z.infer<typeof mnsTopic>;
export type HttpTrigger = z.infer<typeof http>;
export type TimerTrigger = z.infer<typeof timer>;

function typeOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'triggerType' in input
    ? input.triggerType
    : undefined;
}
