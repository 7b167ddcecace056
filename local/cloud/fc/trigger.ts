import * as z from 'zod';
import { strict } from './strict.ts';
import { httpConfig, mnsTopicConfig, timerConfig } from './trigger-config.ts';

/** What every trigger has, in `s.yaml` as in the API. */
const common = {
  triggerName: z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,127}$/),
  description: z.string().optional(),
  qualifier: z.string().default('LATEST'),
  invocationRole: z.string().optional(),
  sourceArn: z.string().optional(),
};

const mnsTopic = strict({
  ...common,
  triggerType: z.literal('mns_topic'),
  sourceArn: z.string().regex(/^acs:mns:[a-z0-9-]+:\d*:\/topics\/[A-Za-z0-9-]+$/, {
    error: 'must be acs:mns:<region>:<uid>:/topics/<topic>',
  }),
  triggerConfig: mnsTopicConfig,
});

const http = strict({ ...common, triggerType: z.literal('http'), triggerConfig: httpConfig });

const timer = strict({ ...common, triggerType: z.literal('timer'), triggerConfig: timerConfig });

export const triggerSchema = z.discriminatedUnion('triggerType', [mnsTopic, http, timer], {
  error: (issue) =>
    issue.code === 'invalid_union'
      ? `trigger type ${JSON.stringify(Reflect.get(Object(issue.input), 'triggerType'))} is not supported; known are mns_topic, http, timer`
      : undefined,
});

/** A trigger with its configuration read. */
export type Trigger = z.infer<typeof triggerSchema>;
export type MnsTopicTrigger = z.infer<typeof mnsTopic>;
export type HttpTrigger = z.infer<typeof http>;
export type TimerTrigger = z.infer<typeof timer>;
