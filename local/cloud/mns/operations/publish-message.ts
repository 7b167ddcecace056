import { expectRoot, fieldsOf, invalidArgument, text } from '../fields.ts';
import type { MnsOperation } from '../operation.ts';
import { publish } from '../publish.ts';
import { readXml } from '../xml/read.ts';

/** 201 means taken, not delivered: the pushes go on in the background. */
export const publishMessage: MnsOperation = {
  name: 'PublishMessage',
  kind: 'write',
  page: 'PublishMessage',
  method: 'POST',
  path: '/topics/:topic/messages',
  run({ world, account, names, request }) {
    account.mns.topic(names.topic);
    const fields = fieldsOf(expectRoot(readXml(request.body), 'Message'), ['MessageBody', 'MessageTag']);
    const body = text(fields, 'MessageBody');
    if (body === undefined) throw invalidArgument('MessageBody is required.');
    const message = publish(world, account, names.topic, { body, tag: text(fields, 'MessageTag') });
    const tree = { MessageId: message.id, MessageBodyMD5: message.bodyMd5 };
    return { status: 201, xml: { root: 'Message', tree } };
  },
};
