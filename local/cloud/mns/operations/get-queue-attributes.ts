import type { MnsOperation } from '../operation.ts';
import { queueTree } from '../shown.ts';

export const getQueueAttributes: MnsOperation = {
  name: 'GetQueueAttributes',
  kind: 'read',
  page: 'GetQueueAttributes',
  method: 'GET',
  path: '/queues/:queue',
  run({ account, names }) {
    return { status: 200, xml: { root: 'Queue', tree: queueTree(account.mns.queue(names.queue)) } };
  },
};
