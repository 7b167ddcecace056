import * as z from 'zod';
import { fitsTags, tagFilter } from '../../tag-rules.ts';
import { mnsOpenOperation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { paging } from '../parameters.ts';
import { withTags } from '../tagging.ts';
import { showTopic } from '../topic.ts';

/** The topics whose names contain `TopicName`, and that have all the tags asked for. */
export const listTopic = mnsOpenOperation({
  name: 'ListTopic',
  kind: 'read',
  input: withTags({ ...paging, TopicName: z.string().optional(), Tag: tagFilter }),
  path: () => '/topics',
  run(input, { account }) {
    const tagged = [...account.mns.topics.values()].filter(({ tags }) => fitsTags(tags, input.Tag));
    return pageOf(tagged, input.TopicName, input, showTopic);
  },
});
