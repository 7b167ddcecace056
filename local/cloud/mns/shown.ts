import type { Account } from '../world.ts';
import { TOPIC_RETENTION_SECONDS } from './attributes.ts';
import type { Queue } from './queue.ts';
import type { Subscription, Topic } from './topic.ts';
import type { XmlTree } from './xml/write.ts';

// Queues, topics and subscriptions as their documents show them. Times of creation and change are in seconds.

export function queueTree(queue: Queue): XmlTree {
  const { attributes } = queue;
  const counts = queue.counts();
  const { dlqPolicy } = attributes;
  return {
    QueueName: queue.name,
    ...times(queue),
    DelaySeconds: attributes.delaySeconds,
    MaximumMessageSize: attributes.maximumMessageSize,
    MessageRetentionPeriod: attributes.messageRetentionPeriod,
    VisibilityTimeout: attributes.visibilityTimeout,
    PollingWaitSeconds: attributes.pollingWaitSeconds,
    ActiveMessages: counts.active,
    InactiveMessages: counts.inactive,
    DelayMessages: counts.delayed,
    LoggingEnabled: attributes.loggingEnabled,
    DlqPolicy:
      dlqPolicy === null
        ? undefined
        : {
            Enabled: true,
            DeadLetterTargetQueue: dlqPolicy.deadLetterTargetQueue,
            MaxReceiveCount: dlqPolicy.maxReceiveCount,
          },
  };
}

/** `MessageCount`: messages that wait for a retry. */
export function topicTree(account: Account, topic: Topic): XmlTree {
  const retried = account.mns.undelivered.filter(
    (failure) => failure.topicName === topic.name && failure.nextAttemptAt !== null,
  );
  return {
    TopicName: topic.name,
    ...times(topic),
    MaximumMessageSize: topic.attributes.maximumMessageSize,
    MessageRetentionPeriod: TOPIC_RETENTION_SECONDS,
    MessageCount: new Set(retried.map((failure) => failure.message.id)).size,
    LoggingEnabled: topic.attributes.loggingEnabled,
  };
}

export function subscriptionTree(account: Account, topic: Topic, subscription: Subscription): XmlTree {
  const { attributes } = subscription;
  return {
    TopicOwner: account.uid,
    TopicName: topic.name,
    Subscriber: account.uid,
    SubscriptionName: subscription.name,
    Endpoint: attributes.endpoint,
    FilterTag: attributes.filterTag ?? undefined,
    NotifyStrategy: attributes.notifyStrategy,
    NotifyContentFormat: attributes.notifyContentFormat,
    ...times(subscription),
  };
}

const times = ({ createdAt, modifiedAt }: { readonly createdAt: number; readonly modifiedAt: number }) => ({
  CreateTime: Math.floor(createdAt / 1000),
  LastModifyTime: Math.floor(modifiedAt / 1000),
});
