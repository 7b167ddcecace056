import { messageNotExist } from '../errors.ts';
import { receivedTree } from '../message-documents.ts';
import type { MnsOperation } from '../operation.ts';
import { poll } from '../poll.ts';
import { waitMs } from '../query.ts';

/** Waits up to `waitseconds` (0 to 30, default the queue's) for a message; then `MessageNotExist` 404. */
export const receiveMessage: MnsOperation = {
  name: 'ReceiveMessage',
  kind: 'read',
  page: 'ReceiveMessage',
  method: 'GET',
  path: '/queues/:queue/messages',
  query: { optional: ['waitseconds'] },
  async run({ world, account, names, query }) {
    const queue = account.mns.queue(names.queue);
    const [message] = await poll(world, queue, waitMs(query, queue), () => queue.receive(1));
    if (message === undefined) throw messageNotExist();
    return { status: 200, xml: { root: 'Message', tree: receivedTree(message) } };
  },
};
