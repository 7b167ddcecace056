import * as z from 'zod';

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
  Subscriber: z.string().optional(),
  SubscriptionName: z.string().optional(),
  MessageId: z.string(),
  MessageMD5: z.string().optional(),
  Message: z.string(),
  PublishTime: z.coerce.number().int().positive().max(MAX_TIME),
  MessageTag: z.string().optional(),
});

export type TopicEvent = z.output<typeof topicEventSchema>;
