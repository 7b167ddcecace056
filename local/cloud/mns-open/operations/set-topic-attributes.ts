import * as z from 'zod';
import { mnsOpenOperation } from '../operation.ts';
import { topicAttributes, topicInput } from '../topic.ts';

/** What is left out stays as it was. */
export const setTopicAttributes = mnsOpenOperation({
  name: 'SetTopicAttributes',
  kind: 'write',
  input: z.object(topicInput),
  path: ({ TopicName }) => `/topics/${TopicName}`,
  run(input, { account, world }) {
    const topic = account.mns.topic(input.TopicName);
    topic.attributes = topicAttributes(input, topic.attributes);
    topic.modifiedAt = world.clock.now();
    return undefined;
  },
});
