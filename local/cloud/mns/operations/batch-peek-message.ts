import { messageNotExist } from '../errors.ts';
import { peekedTree } from '../message-documents.ts';
import type { MnsOperation } from '../operation.ts';
import { assertPeekOnly, numOfMessages } from '../query.ts';

/** Shows up to `numOfMessages` (1 to 16) messages and leaves them as they are. */
export const batchPeekMessage: MnsOperation = {
  name: 'BatchPeekMessage',
  kind: 'read',
  page: 'BatchPeekMessage',
  method: 'GET',
  path: '/queues/:queue/messages',
  query: { required: ['peekonly', 'numOfMessages'] },
  run({ account, names, query }) {
    assertPeekOnly(query);
    const messages = account.mns.queue(names.queue).peek(numOfMessages(query));
    if (messages.length === 0) throw messageNotExist();
    return { status: 200, xml: { root: 'Messages', tree: { Message: messages.map(peekedTree) } } };
  },
};
