import * as z from 'zod';
import { mnsOpenOperation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { paging } from '../parameters.ts';
import { showTopic } from '../topic.ts';

/** The topics whose names contain `TopicName`. */
export const listTopic = mnsOpenOperation({
  name: 'ListTopic',
  kind: 'read',
  input: z.object({ ...paging, TopicName: z.string().optional() }),
  path: () => '/topics',
  run: (input, { account }) => pageOf(account.mns.topics.values(), input.TopicName, input, showTopic),
});
