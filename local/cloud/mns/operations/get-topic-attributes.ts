import { TOPIC_RETENTION_SECONDS } from '../attributes.ts';
import type { MnsOperation } from '../operation.ts';

/** Times of creation and change are in seconds since the epoch. `MessageCount`: messages that wait for a retry. */
export const getTopicAttributes: MnsOperation = {
  name: 'GetTopicAttributes',
  kind: 'read',
  page: 'GetTopicAttributes',
  method: 'GET',
  path: '/topics/:topic',
  run({ account, names }) {
    const topic = account.mns.topic(names.topic);
    const retried = account.mns.undelivered.filter(
      (failure) => failure.topicName === topic.name && failure.nextAttemptAt !== null,
    );
    const tree = {
      TopicName: topic.name,
      CreateTime: Math.floor(topic.createdAt / 1000),
      LastModifyTime: Math.floor(topic.modifiedAt / 1000),
      MaximumMessageSize: topic.attributes.maximumMessageSize,
      MessageRetentionPeriod: TOPIC_RETENTION_SECONDS,
      MessageCount: new Set(retried.map((failure) => failure.message.id)).size,
      LoggingEnabled: topic.attributes.loggingEnabled,
    };
    return { status: 200, xml: { root: 'Topic', tree } };
  },
};
