import type { Account, World } from '../world.ts';
import { QUEUE_DEFAULTS, type QueueAttributes, TOPIC_DEFAULTS, type TopicAttributes } from './attributes.ts';
import { assertBody } from './limits.ts';
import { type Publication, publish } from './publish.ts';
import type { Queue } from './queue.ts';
import { ensureQueue } from './queues.ts';
import { ensureSubscription, type SubscriptionRequest } from './subscriptions.ts';
import type { Subscription, Topic } from './topic.ts';
import { ensureTopic } from './topics.ts';

// What the rest of the local cloud does to MNS without going through a door: nothing is signed, authorised or
// journaled, but names, limits and conflicts are checked as ever, and refused with the same ApiError.

/** Idempotent for the same attributes; `QueueAlreadyExist` for others. */
export function createQueue(
  _world: World,
  account: Account,
  name: string,
  attributes: Partial<QueueAttributes> = {},
): Queue {
  return ensureQueue(account, name, { ...QUEUE_DEFAULTS, ...attributes }).queue;
}

/** Idempotent for the same attributes; `TopicAlreadyExist` for others. */
export function createTopic(
  _world: World,
  account: Account,
  name: string,
  attributes: Partial<TopicAttributes> = {},
): Topic {
  return ensureTopic(account, name, { ...TOPIC_DEFAULTS, ...attributes }).topic;
}

/** Idempotent for the same request; `SubscriptionAlreadyExist` for another. */
export function subscribe(
  world: World,
  account: Account,
  topicName: string,
  name: string,
  request: SubscriptionRequest,
): Subscription {
  return ensureSubscription(world, account, topicName, name, request).subscription;
}

/** Throws `QueueNotExist` and `InvalidArgument`. */
export function sendToQueue(
  _world: World,
  account: Account,
  queueName: string,
  body: string,
): { messageId: string } {
  const queue = account.mns.queue(queueName);
  assertBody(body, queue.attributes.maximumMessageSize);
  return { messageId: queue.send({ body }).id };
}

/** Throws `TopicNotExist` and `InvalidArgument`. Deliveries go on in the background: see `mnsIdle`. */
export function publishToTopic(
  world: World,
  account: Account,
  topicName: string,
  message: Publication,
): { messageId: string } {
  return { messageId: publish(world, account, topicName, message).id };
}

/** Resolves when no topic of any account has a delivery under way or waiting for a retry. */
export async function mnsIdle(world: World): Promise<void> {
  while (!isMnsIdle(world)) await Promise.all([...world.accounts.values()].map(({ mns }) => mns.settled()));
}

/** Whether no topic of any account has a delivery under way or waiting for a retry. */
export const isMnsIdle = (world: World): boolean =>
  [...world.accounts.values()].every(({ mns }) => mns.pending === 0);
