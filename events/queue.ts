import * as z from 'zod';

const one = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  /** `acs:mns:<region>:<uid>:queues/<name>`. */
  subject: z.string().optional(),
  time: z.string().optional(),
  /** The broker's time: ISO 8601, or milliseconds since the epoch. */
  aliyunpublishtime: z.string().optional(),
  data: z.looseObject({
    /** The body: a string, or the object that a JSON body was parsed into on the way. */
    messageBody: z.union([z.string(), z.looseObject({})]),
    messageId: z.string().optional(),
  }),
});

/** What EventBridge delivers from a queue: one CloudEvent (`event-driven`) or a list of them (`event-streaming`). */
export const queueEventSchema = z.union([one, z.array(one).min(1)]);

export type QueueEvent = z.output<typeof one>;
