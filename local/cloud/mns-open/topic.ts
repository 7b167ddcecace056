import * as z from 'zod';
import { TOPIC_RETENTION_SECONDS, type TopicAttributes } from '../mns/attributes.ts';
import type { Topic } from '../mns/topic.ts';
import { flag, name, whole } from './parameters.ts';
import { showTags } from './tags.ts';

/** What CreateTopic and SetTopicAttributes take. The size is in bytes. */
export const topicInput = {
  TopicName: name,
  MaxMessageSize: whole(1024, 65_536).optional(),
  EnableLogging: flag.optional(),
};

const input = z.object(topicInput);

/** The attributes that were sent, over those that were there. */
export const topicAttributes = (sent: z.infer<typeof input>, base: TopicAttributes): TopicAttributes => ({
  maximumMessageSize: sent.MaxMessageSize ?? base.maximumMessageSize,
  loggingEnabled: sent.EnableLogging ?? base.loggingEnabled,
});

/** A topic as GetTopicAttributes and ListTopic show it. The message count, which nobody here needs, is left out. */
export const showTopic = ({ name: TopicName, attributes, createdAt, modifiedAt, tags }: Topic): object => ({
  TopicName,
  CreateTime: Math.floor(createdAt / 1000),
  LastModifyTime: Math.floor(modifiedAt / 1000),
  MaxMessageSize: attributes.maximumMessageSize,
  MessageRetentionPeriod: TOPIC_RETENTION_SECONDS,
  LoggingEnabled: attributes.loggingEnabled,
  TopicType: 'normal',
  Tags: showTags(tags),
});
