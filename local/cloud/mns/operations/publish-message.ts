import { expectRoot, fieldsOf, invalidArgument, text } from '../fields.ts';
import type { MnsOperation } from '../operation.ts';
import { EXTRA_FIELDS, readExtras } from '../properties.ts';
import { publish } from '../publish.ts';
import { readXml, type XmlElement } from '../xml/read.ts';

const FIELDS = ['MessageBody', 'MessageTag', 'MessageAttributes', ...EXTRA_FIELDS];

/** 201 means taken, not delivered: the pushes go on in the background. */
export const publishMessage: MnsOperation = {
  name: 'PublishMessage',
  kind: 'write',
  page: 'PublishMessage',
  method: 'POST',
  path: '/topics/:topic/messages',
  run({ world, account, names, request }) {
    account.mns.topic(names.topic);
    const fields = fieldsOf(expectRoot(readXml(request.body), 'Message'), FIELDS);
    const body = text(fields, 'MessageBody');
    if (body === undefined) throw invalidArgument('MessageBody is required.');
    const extras = readExtras(fields);
    const message = publish(world, account, names.topic, {
      body,
      tag: text(fields, 'MessageTag'),
      extras,
      attributes: attributesOf(fields.get('MessageAttributes')),
    });
    const tree = {
      MessageId: message.id,
      MessageBodyMD5: message.bodyMd5,
      MessageGroupId: extras.groupId ?? undefined,
    };
    return { status: 201, xml: { root: 'Message', tree } };
  },
};

/** Texts by name: `DirectMail`, `DirectSMS`, each JSON of its own. */
function attributesOf(element: XmlElement | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((element?.children ?? []).map((child) => [child.name, child.text]));
}
