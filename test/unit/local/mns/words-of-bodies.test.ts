import { expect, it } from 'vitest';
import { REQUESTER } from '../../../kit/accounts.ts';
import { inner, message, xml } from './mns.ts';
import { answered, argument, FUNCTION, furnished, QUEUE, type Row, range, withBody } from './words.ts';

const SEND = 'POST /queues/q/messages';
const DELETE = 'DELETE /queues/q/messages';
const MAKE = 'PUT /queues/new';
const SUBSCRIBE = 'PUT /topics/t/subscriptions/s';

const schema = (name: string): string =>
  argument(`The XML you provided did not validate against our published schema, cause by Element ${name}.`);
const malformed = (why: string): string =>
  `400 MalformedXML: The XML you provided was not well-formed: ${why}.`;
const endpoint = (why: string): string => `400 EndpointInvalid: ${why}`;
const wrongEndpoint = (why: string): string => endpoint(`The endpoint you provided is invalid: ${why}.`);
const dlq = (fields: Readonly<Record<string, string | number>>): string =>
  xml('Queue', [inner('DlqPolicy', fields)]);
const properties = (...all: string[]): string =>
  xml('Message', [`<MessageBody>x</MessageBody><UserProperties>${all.join('')}</UserProperties>`]);
const property = (Name: string, Type = 'STRING', tag = 'PropertyValue'): string =>
  inner(tag, { Name, Value: '1', Type });
const subscription = (Endpoint: string, more: Readonly<Record<string, string>> = {}): string =>
  xml('Subscription', { Endpoint, ...more });
const batch = (...bodies: string[]): string =>
  xml(
    'Messages',
    bodies.map((MessageBody) => inner('Message', { MessageBody })),
  );

const rows: readonly Row[] = [
  [SEND, malformed('Root element is missing or invalid (line 1, column 1)'), ''],
  [SEND, malformed('a document type declaration'), '<!DOCTYPE Message><Message/>'],
  [SEND, malformed('an encoding other than UTF-8'), '<?xml version="1.0" encoding="gbk"?><Message/>'],
  [SEND, malformed('the body is not UTF-8'), Buffer.from([0x3c, 0xff])],
  [SEND, malformed('more than 32 elements within each other'), '<a>'.repeat(33) + '</a>'.repeat(33)],
  [
    SEND,
    malformed('Missing end tag for element MessageBody (line 2, column 15)'),
    '<Message>\n<MessageBody>x</Message>',
  ],

  [SEND, schema('Letter'), xml('Letter', { MessageBody: 'x' })],
  [SEND, schema('Colour'), message('x', { Colour: 'red' })],
  [SEND, schema('Priority'), xml('Message', ['<Priority>1</Priority><Priority>1</Priority>'])],
  [SEND, schema('MessageBody'), xml('Message', ['<MessageBody><a/></MessageBody>'])],
  [SEND, schema('Message'), xml('Message', ['words<MessageBody>x</MessageBody>'])],
  [SEND, argument('MessageBody is required.'), xml('Message')],
  [SEND, range('MessageBody', 1, 65_536), message('')],
  [SEND, range('Priority', 1, 16), message('x', { Priority: 17 })],
  [SEND, range('DelaySeconds', 0, 604_800), message('x', { DelaySeconds: 604_801 })],
  [SEND, argument('UserProperties holds PropertyValue only, not Other.'), properties('<Other/>')],
  [SEND, argument('A PropertyValue needs a Name.'), properties(property(''))],
  [SEND, argument('A PropertyValue needs a Name.'), properties('<PropertyValue/>')],
  [
    SEND,
    argument('The Type of n is one of STRING, NUMBER, BOOLEAN, BINARY.'),
    properties(property('n', 'FLOAT')),
  ],
  [SEND, argument('UserProperties holds a name twice.'), properties(property('n'), property('n'))],
  [
    SEND,
    argument('The Type of n is one of STRING.'),
    xml('Message', [
      `<MessageBody>x</MessageBody><SystemProperties>${property('n', 'NUMBER', 'SystemPropertyValue')}</SystemProperties>`,
    ]),
  ],
  [SEND, range('Messages', 1, 16), batch()],
  [SEND, schema('Letter'), xml('Messages', ['<Letter/>'])],

  [DELETE, schema('Handles'), xml('Handles', { ReceiptHandle: 'x' })],
  [DELETE, schema('Handle'), xml('ReceiptHandles', { Handle: 'x' })],
  [DELETE, range('ReceiptHandles', 1, 16), xml('ReceiptHandles')],

  ['POST /topics/t/messages', argument('MessageBody is required.'), xml('Message')],
  ['POST /topics/t/messages', schema('Letter'), xml('Letter')],
  ['POST /topics/t/messages', schema('Priority'), message('x', { Priority: 1 })],
  [
    'POST /topics/t/messages',
    argument('The length of MessageTag should between 1 and 16.'),
    message('x', { MessageTag: '' }),
  ],

  [MAKE, schema('LoggingEnabled'), xml('Queue', { LoggingEnabled: 'maybe' })],
  [MAKE, argument('DlqPolicy needs a DeadLetterTargetQueue.'), dlq({ Enabled: 'true' })],
  [MAKE, argument('The dead letter queue none is not exist.'), dlq({ DeadLetterTargetQueue: 'none' })],
  [MAKE, argument('A queue cannot be its own dead letter queue.'), dlq({ DeadLetterTargetQueue: 'new' })],
  [MAKE, range('MaxReceiveCount', 1, 1000), dlq({ DeadLetterTargetQueue: 'q', MaxReceiveCount: 1001 })],
  [MAKE, schema('Colour'), dlq({ Colour: 'red' })],
  ['PUT /topics/new', range('MaximumMessageSize', 1024, 65_536), xml('Topic', { MaximumMessageSize: 1023 })],
  ['PUT /?accountmeta=true', schema('Bucket'), xml('Bucket')],
  ['PUT /?accountmeta=true', schema('Bucket'), xml('Account', { Bucket: 'logs' })],

  [SUBSCRIBE, argument('Endpoint is required.'), xml('Subscription')],
  [
    SUBSCRIBE,
    endpoint('The ARN of a queue has no slash before "queues" here.'),
    subscription(QUEUE.replace(':queues', ':/queues')),
  ],
  [
    SUBSCRIBE,
    wrongEndpoint('it is neither a queue nor a function nor an http address'),
    subscription('mail:directmail:a@example.com'),
  ],
  [
    SUBSCRIBE,
    wrongEndpoint('the region is not cn-hangzhou'),
    subscription(QUEUE.replace('hangzhou', 'beijing')),
  ],
  [
    SUBSCRIBE,
    endpoint('The function is of another account: a topic invokes functions of its own only.'),
    subscription(FUNCTION.replace(/\d{16}/, REQUESTER)),
  ],
  [
    SUBSCRIBE,
    argument('The value of NotifyStrategy should be one of BACKOFF_RETRY, EXPONENTIAL_DECAY_RETRY.'),
    subscription(QUEUE, { NotifyStrategy: 'NEVER' }),
  ],
  [
    SUBSCRIBE,
    argument('The value of NotifyContentFormat should be one of XML, JSON, SIMPLIFIED, STREAM.'),
    subscription(QUEUE, { NotifyContentFormat: 'YAML' }),
  ],
  [
    SUBSCRIBE,
    argument('The value of NotifyContentFormat can be STREAM for a function only.'),
    subscription(QUEUE, { NotifyContentFormat: 'STREAM' }),
  ],
  [
    SUBSCRIBE,
    argument('The length of FilterTag should between 1 and 16.'),
    subscription(QUEUE, { FilterTag: 'a'.repeat(17) }),
  ],
];

it.each(rows.map(withBody))('%s is refused: %s', async (asked, words, body) => {
  const cloud = await furnished();
  expect(await answered(cloud, asked, body)).toBe(words);
  expect([cloud.owner.mns.queues.size, cloud.owner.mns.topics.size]).toEqual([1, 1]);
  expect(cloud.owner.mns.queue('q').messages).toEqual([]);
});
