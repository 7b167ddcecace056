import { messageNotExist } from '../errors.ts';
import { receivedTree } from '../message-documents.ts';
import type { MnsOperation } from '../operation.ts';
import { poll } from '../poll.ts';
import { numOfMessages, waitMs } from '../query.ts';

/** Takes what is there, up to `numOfMessages` (1 to 16); waits only while there is nothing. */
export const batchReceiveMessage: MnsOperation = {
  name: 'BatchReceiveMessage',
  kind: 'read',
  page: 'BatchReceiveMessage',
  method: 'GET',
  path: '/queues/:queue/messages',
  query: { required: ['numOfMessages'], optional: ['waitseconds'] },
  async run({ world, account, names, query }) {
    const queue = account.mns.queue(names.queue);
    const count = numOfMessages(query);
    const messages = await poll(world, queue, waitMs(query, queue), () => queue.receive(count));
    if (messages.length === 0) throw messageNotExist();
    return { status: 200, xml: { root: 'Messages', tree: { Message: messages.map(receivedTree) } } };
  },
};
