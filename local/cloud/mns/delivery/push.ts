import type { Delivery } from './delivery.ts';
import { parseEndpoint } from './endpoint.ts';
import { renderNotification } from './envelope.ts';
import { pushToFunction } from './to-function.ts';
import { pushToHttp } from './to-http.ts';
import { pushToQueue } from './to-queue.ts';

/** Tries once. Resolves when the endpoint has the message; throws for whatever keeps it from there. */
export async function push(delivery: Delivery): Promise<void> {
  const { world, account, topic, subscription, message } = delivery;
  const endpoint = parseEndpoint(world, subscription.attributes.endpoint);
  const origin = {
    topicOwner: account.uid,
    topicName: topic.name,
    subscriber: account.uid,
    subscriptionName: subscription.name,
  };
  const { notifyContentFormat } = subscription.attributes;
  const content = renderNotification(notifyContentFormat, origin, message, {
    type: endpoint.type,
    certificateUrl: world.signing === null ? null : account.mns.certificateUrl,
  });
  if (endpoint.type === 'queue') return pushToQueue(delivery, endpoint, content);
  if (endpoint.type === 'function') return pushToFunction(delivery, endpoint, content);
  return pushToHttp(delivery, endpoint.url, origin, content);
}
