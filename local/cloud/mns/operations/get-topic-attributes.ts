import type { MnsOperation } from '../operation.ts';
import { topicTree } from '../shown.ts';

export const getTopicAttributes: MnsOperation = {
  name: 'GetTopicAttributes',
  kind: 'read',
  page: 'GetTopicAttributes',
  method: 'GET',
  path: '/topics/:topic',
  run({ account, names }) {
    return { status: 200, xml: { root: 'Topic', tree: topicTree(account, account.mns.topic(names.topic)) } };
  },
};
