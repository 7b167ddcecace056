import type { MnsOperation } from '../operation.ts';
import { receiptHandle, visibilityTimeout } from '../query.ts';

/** From now on `VisibilityTimeout` seconds (1 to 43,200), under a new handle: the old one is good for nothing. */
export const changeMessageVisibility: MnsOperation = {
  name: 'ChangeMessageVisibility',
  kind: 'write',
  page: 'ChangeMessageVisibility',
  method: 'PUT',
  path: '/queues/:queue/messages',
  query: { optional: ['receiptHandle', 'visibilityTimeout'] },
  run({ account, names, query }) {
    const queue = account.mns.queue(names.queue);
    const message = queue.changeVisibility(receiptHandle(query), visibilityTimeout(query));
    const tree = { ReceiptHandle: message.handle ?? undefined, NextVisibleTime: message.visibleAt };
    return { status: 200, xml: { root: 'ChangeVisibility', tree } };
  },
};
