import type { NotifyContentFormat } from '../attributes.ts';
import type { PublishedMessage } from '../topic.ts';
import { writeXml } from '../xml/write.ts';
import type { Endpoint } from './endpoint.ts';

/** Whose topic and subscription a message comes through: UIDs and names. */
export interface Origin {
  readonly topicOwner: string;
  readonly topicName: string;
  readonly subscriber: string;
  readonly subscriptionName: string;
}

/**
 * What is pushed (page "Notification formats"): `SIMPLIFIED` and `STREAM` are the bare body, `JSON` and `XML` wrap it.
 * `Message` is exactly what was published; `PublishTime` is in ms since the epoch, a number in JSON for a function and a
 * text elsewhere. The attributes of a message stand beside the rest in JSON, and cannot take the place of it.
 */
export function renderNotification(
  format: NotifyContentFormat,
  origin: Origin,
  message: PublishedMessage,
  to: { readonly type: Endpoint['type']; readonly certificateUrl?: string | null },
): string {
  if (format === 'SIMPLIFIED' || format === 'STREAM') return message.body;
  // Recorded pushes name it in XML; of JSON nothing is known.
  const named = format === 'XML' && to.type === 'http' ? (to.certificateUrl ?? null) : null;
  const fields = {
    ...(format === 'JSON' ? message.attributes : {}),
    TopicOwner: origin.topicOwner,
    TopicName: origin.topicName,
    Subscriber: origin.subscriber,
    SubscriptionName: origin.subscriptionName,
    MessageId: message.id,
    MessageMD5: message.bodyMd5,
    Message: message.body,
    PublishTime: to.type === 'function' ? message.publishedAt : String(message.publishedAt),
    ...(message.tag === null ? {} : { MessageTag: message.tag }),
    ...(named === null ? {} : { SigningCertURL: named }),
  };
  return format === 'JSON' ? JSON.stringify(fields) : writeXml('Notification', fields);
}
