import * as z from 'zod';
import type { QueueAttributes } from '../mns/attributes.ts';
import type { Queue } from '../mns/queue.ts';
import { deadLetterTarget } from './dead-letters.ts';
import { flag, jsonOf, loose, name, whole } from './parameters.ts';
import { showTags } from './tags.ts';

const dlqPolicy = jsonOf(
  z.object({
    Enabled: loose.flag.default(false),
    DeadLetterTargetQueue: z.string().optional(),
    MaxReceiveCount: loose.whole(1, 1000).default(16),
  }),
);

/** What CreateQueue and SetQueueAttributes take; times in seconds, sizes in bytes. */
export const queueInput = {
  QueueName: name,
  DelaySeconds: whole(0, 604_800).optional(),
  MaximumMessageSize: whole(1024, 65_536).optional(),
  MessageRetentionPeriod: whole(60, 604_800).optional(),
  VisibilityTimeout: whole(1, 43_200).optional(),
  PollingWaitSeconds: whole(0, 30).optional(),
  EnableLogging: flag.optional(),
  DlqPolicy: dlqPolicy.optional(),
};

const input = z.object(queueInput);

/** The attributes that were sent, over those that were there. */
export function queueAttributes(sent: z.infer<typeof input>, base: QueueAttributes): QueueAttributes {
  return {
    delaySeconds: sent.DelaySeconds ?? base.delaySeconds,
    maximumMessageSize: sent.MaximumMessageSize ?? base.maximumMessageSize,
    messageRetentionPeriod: sent.MessageRetentionPeriod ?? base.messageRetentionPeriod,
    visibilityTimeout: sent.VisibilityTimeout ?? base.visibilityTimeout,
    pollingWaitSeconds: sent.PollingWaitSeconds ?? base.pollingWaitSeconds,
    loggingEnabled: sent.EnableLogging ?? base.loggingEnabled,
    dlqPolicy: sent.DlqPolicy === undefined ? base.dlqPolicy : policyOf(sent.DlqPolicy),
  };
}

function policyOf(sent: z.infer<typeof dlqPolicy>): QueueAttributes['dlqPolicy'] {
  const deadLetterTargetQueue = deadLetterTarget(sent);
  return deadLetterTargetQueue === null
    ? null
    : { deadLetterTargetQueue, maxReceiveCount: sent.MaxReceiveCount };
}

/** A queue as GetQueueAttributes and ListQueue show it: other names than those sent, and `MaxReceiveCount` as a text. */
export function showQueue(queue: Queue): object {
  const { attributes, name: QueueName } = queue;
  const counts = queue.counts();
  const { dlqPolicy: policy } = attributes;
  return {
    QueueName,
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
    QueueType: 'normal',
    DlqPolicy:
      policy === null
        ? { Enabled: false }
        : {
            Enabled: true,
            DeadLetterTargetQueue: policy.deadLetterTargetQueue,
            MaxReceiveCount: String(policy.maxReceiveCount),
          },
    Tags: showTags(queue.tags),
  };
}
