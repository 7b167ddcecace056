import type { Account, World } from '../world.ts';
import { startDelivery } from './delivery/deliver.ts';
import { assertBody, assertTag } from './limits.ts';
import { type MessageExtras, NO_EXTRAS } from './properties.ts';
import type { PublishedMessage } from './topic.ts';

export interface Publication {
  readonly body: string;
  /** At most 16 characters. */
  readonly tag?: string | undefined;
  readonly extras?: MessageExtras | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/**
 * Publishes a message and starts its delivery to every subscription whose filter it passes, in the background.
 * Throws `TopicNotExist` 404 and `InvalidArgument` 400. A topic without subscriptions takes messages and drops them.
 */
export function publish(
  world: World,
  account: Account,
  topicName: string,
  { body, tag, extras = NO_EXTRAS, attributes = {} }: Publication,
): PublishedMessage {
  const topic = account.mns.topic(topicName);
  assertBody(body, topic.attributes.maximumMessageSize);
  if (tag !== undefined) assertTag('MessageTag', tag);
  const message = account.mns.published({ body, tag: tag ?? null, extras, attributes });
  for (const subscription of topic.subscriptions.values()) {
    const { filterTag } = subscription.attributes;
    if (filterTag !== null && filterTag !== message.tag) continue;
    const copies = Math.max(1, account.mns.disorder.copies());
    for (let copy = 0; copy < copies; copy += 1)
      startDelivery({ world, account, topic, subscription, message });
  }
  return message;
}
