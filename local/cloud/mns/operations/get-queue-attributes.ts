import type { MnsOperation } from '../operation.ts';

/** Times of creation and change are in seconds since the epoch. */
export const getQueueAttributes: MnsOperation = {
  name: 'GetQueueAttributes',
  kind: 'read',
  page: 'GetQueueAttributes',
  method: 'GET',
  path: '/queues/:queue',
  run({ account, names }) {
    const queue = account.mns.queue(names.queue);
    const { attributes } = queue;
    const counts = queue.counts();
    const { dlqPolicy } = attributes;
    const tree = {
      QueueName: queue.name,
      CreateTime: Math.floor(queue.createdAt / 1000),
      LastModifyTime: Math.floor(queue.modifiedAt / 1000),
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
    return { status: 200, xml: { root: 'Queue', tree } };
  },
};
