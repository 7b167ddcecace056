import { expectRoot } from '../fields.ts';
import { assertBody } from '../limits.ts';
import { readMessage, sentTree } from '../message-documents.ts';
import type { MnsOperation } from '../operation.ts';
import { readXml } from '../xml/read.ts';

export const sendMessage: MnsOperation = {
  name: 'SendMessage',
  kind: 'write',
  page: 'SendMessage',
  method: 'POST',
  path: '/queues/:queue/messages',
  root: 'Message',
  run({ account, names, request }) {
    const queue = account.mns.queue(names.queue);
    const message = readMessage(expectRoot(readXml(request.body), 'Message'));
    assertBody(message.body, queue.attributes.maximumMessageSize);
    return { status: 201, xml: { root: 'Message', tree: sentTree(queue.send(message)) } };
  },
};
