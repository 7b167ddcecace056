import type { MnsOperation } from '../operation.ts';

/** Idempotent: 204 also for a queue that is not there. Its messages are gone with it. */
export const deleteQueue: MnsOperation = {
  name: 'DeleteQueue',
  kind: 'write',
  page: 'DeleteQueue',
  method: 'DELETE',
  path: '/queues/:queue',
  run({ account, names }) {
    account.mns.removeQueue(names.queue);
    return { status: 204 };
  },
};
