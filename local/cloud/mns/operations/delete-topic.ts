import type { MnsOperation } from '../operation.ts';

/** Idempotent: 204 also for a topic that is not there. Its subscriptions go with it, and what they still had to deliver. */
export const deleteTopic: MnsOperation = {
  name: 'DeleteTopic',
  kind: 'write',
  page: 'DeleteTopic',
  method: 'DELETE',
  path: '/topics/:topic',
  run({ account, names }) {
    account.mns.topics.delete(names.topic);
    return { status: 204 };
  },
};
