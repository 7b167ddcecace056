import type { NotifyContentFormat } from '../attributes.ts';
import type { PublishedMessage } from '../topic.ts';
import { writeXml } from '../xml/write.ts';

/** Whose topic and subscription a message comes through: UIDs and names. */
export interface Origin {
  readonly topicOwner: string;
  readonly topicName: string;
  readonly subscriber: string;
  readonly subscriptionName: string;
}

/**
 * What is pushed (page "Notification formats"): `SIMPLIFIED` and `STREAM` are the bare body, `JSON` and `XML` wrap it.
 * `Message` is exactly what was published; `PublishTime` is in ms since the epoch, a number in JSON.
 */
export function renderNotification(
  format: NotifyContentFormat,
  origin: Origin,
  message: PublishedMessage,
): string {
  if (format === 'SIMPLIFIED' || format === 'STREAM') return message.body;
  const fields = {
    TopicOwner: origin.topicOwner,
    TopicName: origin.topicName,
    Subscriber: origin.subscriber,
    SubscriptionName: origin.subscriptionName,
    MessageId: message.id,
    MessageMD5: message.bodyMd5,
    Message: message.body,
    PublishTime: message.publishedAt,
    ...(message.tag === null ? {} : { MessageTag: message.tag }),
  };
  return format === 'JSON' ? JSON.stringify(fields) : writeXml('Notification', fields);
}
