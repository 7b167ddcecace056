import { messageNotExist } from '../errors.ts';
import { peekedTree } from '../message-documents.ts';
import type { MnsOperation } from '../operation.ts';
import { assertPeekOnly } from '../query.ts';

/** Shows a message and leaves it as it is. Never waits. */
export const peekMessage: MnsOperation = {
  name: 'PeekMessage',
  kind: 'read',
  page: 'PeekMessage',
  method: 'GET',
  path: '/queues/:queue/messages',
  query: { required: ['peekonly'] },
  run({ account, names, query }) {
    assertPeekOnly(query);
    const [message] = account.mns.queue(names.queue).peek(1);
    if (message === undefined) throw messageNotExist();
    return { status: 200, xml: { root: 'Message', tree: peekedTree(message) } };
  },
};
