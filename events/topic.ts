import * as z from './zod.ts';

/** The last instant that a date can hold, in ms since the epoch. */
const MAX_TIME = 8.64e15;

/**
 * The event of an `mns_topic` trigger with `notifyContentFormat: JSON`. `PublishTime` is the broker's, in ms.
 *
 * Belief topic-event (documented): a topic trigger delivers this object, with PublishTime as a number of milliseconds
 * and the message as it was sent. Source: "Configure an SMQ topic trigger". Shown wrong by: by hand: the reply to the
 * first request names its time.
 */
export const topicEventSchema = z.object({
  TopicOwner: z.string(),
  TopicName: z.string(),
  Subscriber: z.optional(z.string()),
  SubscriptionName: z.optional(z.string()),
  MessageId: z.string(),
  MessageMD5: z.optional(z.string()),
  Message: z.string(),
  PublishTime: z.coerce.number().check(z.int(), z.positive(), z.maximum(MAX_TIME)),
  MessageTag: z.optional(z.string()),
});

export type TopicEvent = z.output<typeof topicEventSchema>;
