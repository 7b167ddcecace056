import type { MnsOperation } from '../operation.ts';
import { receiptHandle } from '../query.ts';

/** `ReceiptHandleError` 400 for what is no handle; `MessageNotExist` 404 for one whose visibility timeout has passed. */
export const deleteMessage: MnsOperation = {
  name: 'DeleteMessage',
  kind: 'write',
  page: 'DeleteMessage',
  method: 'DELETE',
  path: '/queues/:queue/messages',
  query: { required: ['receiptHandle'] },
  run({ account, names, query }) {
    account.mns.queue(names.queue).delete(receiptHandle(query));
    return { status: 204 };
  },
};
