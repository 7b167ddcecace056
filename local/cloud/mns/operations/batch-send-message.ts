import { expectRoot, outOfRange } from '../fields.ts';
import { assertBody, BATCH_SIZE, LARGEST_BYTES } from '../limits.ts';
import { readMessage, sentTree } from '../message-documents.ts';
import type { MnsOperation } from '../operation.ts';
import { readXml } from '../xml/read.ts';

/** 1 to 16 messages, 64 KB together. All are checked before the first is sent, so all are sent or none. */
export const batchSendMessage: MnsOperation = {
  name: 'BatchSendMessage',
  kind: 'write',
  page: 'BatchSendMessage',
  method: 'POST',
  path: '/queues/:queue/messages',
  root: 'Messages',
  run({ account, names, request }) {
    const queue = account.mns.queue(names.queue);
    const { children } = expectRoot(readXml(request.body), 'Messages');
    if (children.length < 1 || children.length > BATCH_SIZE) throw outOfRange('Messages', 1, BATCH_SIZE);
    const messages = children.map((child) => readMessage(expectRoot(child, 'Message')));
    for (const { body } of messages) assertBody(body, queue.attributes.maximumMessageSize);
    const bytes = messages.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
    if (bytes > LARGEST_BYTES) throw outOfRange('Messages', 1, LARGEST_BYTES);
    const Message = messages.map((message) => sentTree(queue.send(message)));
    return { status: 201, xml: { root: 'Messages', tree: { Message } } };
  },
};
