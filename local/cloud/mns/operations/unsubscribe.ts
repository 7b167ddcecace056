import type { MnsOperation } from '../operation.ts';

/** Idempotent: 204 also for a subscription that is not there. `TopicNotExist` 404 without the topic. */
export const unsubscribe: MnsOperation = {
  name: 'Unsubscribe',
  kind: 'write',
  page: 'Unsubscribe',
  method: 'DELETE',
  path: '/topics/:topic/subscriptions/:subscription',
  run({ account, names }) {
    account.mns.topic(names.topic).subscriptions.delete(names.subscription);
    return { status: 204 };
  },
};
