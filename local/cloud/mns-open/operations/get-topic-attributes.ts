import * as z from 'zod';
import { mnsOpenOperation } from '../operation.ts';
import { name } from '../parameters.ts';
import { showTopic } from '../topic.ts';

/** Errors: `TopicNotExist` 404. */
export const getTopicAttributes = mnsOpenOperation({
  name: 'GetTopicAttributes',
  kind: 'read',
  input: z.object({ TopicName: name }),
  path: ({ TopicName }) => `/topics/${TopicName}`,
  run: ({ TopicName }, { account }) => showTopic(account.mns.topic(TopicName)),
});
