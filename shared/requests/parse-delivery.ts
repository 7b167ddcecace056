import { jsonText } from '../../events/json-text.ts';
import { type QueueEvent, queueEventSchema } from '../../events/queue.ts';
import { topicEventSchema } from '../../events/topic.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { Delivery } from './delivery.ts';

/** The messages in an event of a topic trigger or of EventBridge's queue source; null for any other event. */
export function deliveriesOf(event: unknown): readonly Delivery[] | null {
  const topic = topicEventSchema.safeParse(event);
  if (topic.success) {
    const { Message, MessageId, PublishTime, TopicName } = topic.data;
    return [{ body: Message, messageId: MessageId, publishedAt: millis(PublishTime), topic: TopicName }];
  }
  const queue = queueEventSchema().safeParse(event);
  if (!queue.success) return null;
  const deliveries = [queue.data].flat().map(fromQueue);
  return deliveries.every((delivery) => delivery !== null) ? deliveries : null;
}

function fromQueue({ id, data, time, aliyunpublishtime }: QueueEvent): Delivery | null {
  const publishedAt = timeOf(aliyunpublishtime) ?? timeOf(time);
  if (publishedAt === null) return null;
  const { messageBody, messageId } = data;
  return {
    body: typeof messageBody === 'string' ? messageBody : jsonText(messageBody),
    messageId: messageId ?? id,
    publishedAt,
    topic: null,
  };
}

function timeOf(text: string | undefined): Millis | null {
  if (text === undefined) return null;
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return time > 0 && time <= 8.64e15 ? millis(time) : null;
}
