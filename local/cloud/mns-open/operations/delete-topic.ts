import * as z from 'zod';
import { mnsOpenOperation } from '../operation.ts';
import { name } from '../parameters.ts';

/** One that is not there is away. Its subscriptions are gone with it. */
export const deleteTopic = mnsOpenOperation({
  name: 'DeleteTopic',
  kind: 'write',
  input: z.object({ TopicName: name }),
  path: ({ TopicName }) => `/topics/${TopicName}`,
  run({ TopicName }, { account }) {
    account.mns.topics.delete(TopicName);
    return undefined;
  },
});
