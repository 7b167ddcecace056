import type { DlqPolicy, QueueAttributes, TopicAttributes } from './attributes.ts';
import { expectRoot, type Fields, fieldsOf, flag, integer, invalidArgument, text } from './fields.ts';
import { readXml } from './xml/read.ts';

const QUEUE_FIELDS = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'VisibilityTimeout',
  'PollingWaitSeconds',
  'LoggingEnabled',
  'DlqPolicy',
];

/** Reads a `<Queue>` document over `base`: what is left out stays as it is there. Throws 400. */
export function readQueueAttributes(body: Buffer, base: QueueAttributes): QueueAttributes {
  const fields = fieldsOf(expectRoot(readXml(body), 'Queue'), QUEUE_FIELDS);
  return {
    delaySeconds: integer(fields, 'DelaySeconds', 0, 604_800) ?? base.delaySeconds,
    maximumMessageSize: integer(fields, 'MaximumMessageSize', 1024, 65_536) ?? base.maximumMessageSize,
    messageRetentionPeriod:
      integer(fields, 'MessageRetentionPeriod', 60, 604_800) ?? base.messageRetentionPeriod,
    visibilityTimeout: integer(fields, 'VisibilityTimeout', 1, 43_200) ?? base.visibilityTimeout,
    pollingWaitSeconds: integer(fields, 'PollingWaitSeconds', 0, 30) ?? base.pollingWaitSeconds,
    loggingEnabled: flag(fields, 'LoggingEnabled') ?? base.loggingEnabled,
    dlqPolicy: readDlqPolicy(fields, base.dlqPolicy),
  };
}

/** Reads a `<Topic>` document over `base`. Throws 400. */
export function readTopicAttributes(body: Buffer, base: TopicAttributes): TopicAttributes {
  const fields = fieldsOf(expectRoot(readXml(body), 'Topic'), ['MaximumMessageSize', 'LoggingEnabled']);
  return {
    maximumMessageSize: integer(fields, 'MaximumMessageSize', 1024, 65_536) ?? base.maximumMessageSize,
    loggingEnabled: flag(fields, 'LoggingEnabled') ?? base.loggingEnabled,
  };
}

/** Names as in the control API `mns-open` 2022-01-19: the XML API's own pages do not show the policy. */
function readDlqPolicy(queue: Fields, base: DlqPolicy | null): DlqPolicy | null {
  const element = queue.get('DlqPolicy');
  if (element === undefined) return base;
  const fields = fieldsOf(element, ['Enabled', 'DeadLetterTargetQueue', 'MaxReceiveCount']);
  if (flag(fields, 'Enabled') === false) return null;
  const deadLetterTargetQueue = text(fields, 'DeadLetterTargetQueue')?.trim();
  if (deadLetterTargetQueue === undefined) throw invalidArgument('DlqPolicy needs a DeadLetterTargetQueue.');
  return { deadLetterTargetQueue, maxReceiveCount: integer(fields, 'MaxReceiveCount', 1, 1000) ?? 16 };
}
