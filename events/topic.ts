import { z } from 'zod';

/** The event of an `mns_topic` trigger with `notifyContentFormat: JSON`. `PublishTime` is the broker's, in ms. */
export const topicEventSchema = z.object({
  TopicOwner: z.string(),
  TopicName: z.string(),
  Subscriber: z.string().optional(),
  SubscriptionName: z.string().optional(),
  MessageId: z.string(),
  MessageMD5: z.string().optional(),
  Message: z.string(),
  PublishTime: z.coerce.number().int().positive(),
  MessageTag: z.string().optional(),
});

export type TopicEvent = z.output<typeof topicEventSchema>;
