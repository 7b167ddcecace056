import { atFirstUse } from './at-first-use.ts';
import * as z from './zod.ts';

const one = () =>
  z.object({
    specversion: z.literal('1.0'),
    id: z.string(),
    source: z.string(),
    type: z.string(),
    /** `acs:mns:<region>:<uid>:queues/<name>`. */
    subject: z.optional(z.string()),
    time: z.optional(z.string()),
    /** The broker's time: ISO 8601, or milliseconds since the epoch. */
    aliyunpublishtime: z.optional(z.string()),
    data: z.looseObject({
      /** The body: a string, or the object that a JSON body was parsed into on the way. */
      messageBody: z.union([z.string(), z.looseObject({})]),
      messageId: z.optional(z.string()),
    }),
  });

/** What EventBridge delivers from a queue: one CloudEvent (`event-driven`) or a list of them (`event-streaming`). */
export const queueEventSchema = atFirstUse(() => {
  const event = one();
  return z.union([event, z.array(event).check(z.minLength(1))]);
});

export type QueueEvent = z.output<ReturnType<typeof one>>;
