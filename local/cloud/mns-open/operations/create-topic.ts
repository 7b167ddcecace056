import * as z from 'zod';
import { TOPIC_DEFAULTS } from '../../mns/attributes.ts';
import { ensureTopic } from '../../mns/topics.ts';
import { mnsOpenOperation } from '../operation.ts';
import { tagsIn } from '../tags.ts';
import { topicAttributes, topicInput } from '../topic.ts';

const normal = z.literal('normal', { error: 'The local cloud has normal topics only.' });

/** The same topic again is the same; `TopicAlreadyExist` 409 for other attributes. */
export const createTopic = mnsOpenOperation({
  name: 'CreateTopic',
  kind: 'write',
  input: z.looseObject({ ...topicInput, TopicType: normal.optional() }),
  path: ({ TopicName }) => `/topics/${TopicName}`,
  run(input, { account }) {
    const { topic, created } = ensureTopic(account, input.TopicName, topicAttributes(input, TOPIC_DEFAULTS));
    if (created) topic.tags = tagsIn(input);
    return undefined;
  },
});
