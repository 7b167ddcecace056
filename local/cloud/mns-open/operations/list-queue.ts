import * as z from 'zod';
import { fitsTags, tagFilter } from '../../tag-rules.ts';
import { mnsOpenOperation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { paging } from '../parameters.ts';
import { showQueue } from '../queue.ts';
import { withTags } from '../tagging.ts';

/** The queues whose names contain `QueueName`, and that have all the tags asked for. */
export const listQueue = mnsOpenOperation({
  name: 'ListQueue',
  kind: 'read',
  input: withTags({ ...paging, QueueName: z.string().optional(), Tag: tagFilter }),
  path: () => '/queues',
  run(input, { account }) {
    const tagged = [...account.mns.queues.values()].filter(({ tags }) => fitsTags(tags, input.Tag));
    return pageOf(tagged, input.QueueName, input, showQueue);
  },
});
