import { expect, it } from 'vitest';
import { message, xml } from './mns.ts';
import { answered, argument, FUNCTION, furnished, QUEUE, type Row, range, withBody } from './words.ts';

const AT = '/queues/q/messages';
const SUBSCRIPTION = '/topics/t/subscriptions';
const HANDLE = 'ReceiptHandle=8-MS0xLTE0MzI3Mjc4Mjc=';
const LONG = 'n'.repeat(121);
const subscription = xml('Subscription', { Endpoint: QUEUE });

const noOperation = (method: string, path: string, near: string): string =>
  `400 InvalidRequestURL: Http request URL format invalid. The local cloud has no operation at ${method} "${path}"` +
  ` in mns of version "2015-06-06".${near} All that it has: docs/use/local-cloud.md.`;
const query = (item: string): string =>
  `400 InvalidQueryString: Http request URL contains invalid querystring item "${item}".`;
const NO_QUEUE = '404 QueueNotExist: The queue name you provided is not exist.';
const NO_TOPIC = '404 TopicNotExist: The topic name you provided is not exist.';
const NO_SUBSCRIPTION = '404 SubscriptionNotExist: The subscription name you provided is not exist.';
const WRONG_HANDLE = '400 ReceiptHandleError: The receipt handle you provide is not valid.';
const NO_HANDLE = '400 MissingReceiptHandle: ReceiptHandle is required.';
const length = (kind: string): string => `${kind} name length should between 1 and 120.`;
const there = (kind: string): string => `The ${kind} you want to create is already exist.`;

const rows: readonly Row[] = [
  ['GET /queues/none', NO_QUEUE],
  ['PUT /queues/none?metaoverride=true', NO_QUEUE, xml('Queue')],
  ['POST /queues/none/messages', NO_QUEUE, message('x')],
  ['POST /queues/none/messages', NO_QUEUE, xml('Messages')],
  ['GET /queues/none/messages', NO_QUEUE],
  ['GET /queues/none/messages?numOfMessages=x', NO_QUEUE],
  ['GET /queues/none/messages?peekonly=true', NO_QUEUE],
  ['GET /queues/none/messages?peekonly=true&numOfMessages=1', NO_QUEUE],
  ['DELETE /queues/none/messages', NO_QUEUE],
  [`DELETE /queues/none/messages?${HANDLE}`, NO_QUEUE],
  [`PUT /queues/none/messages?${HANDLE}&VisibilityTimeout=1`, NO_QUEUE],
  ['GET /topics/none', NO_TOPIC],
  ['PUT /topics/none?metaoverride=true', NO_TOPIC, xml('Topic')],
  ['POST /topics/none/messages', NO_TOPIC, 'no document'],
  ['GET /topics/none/subscriptions', NO_TOPIC],
  ['GET /topics/none/subscriptions/s', NO_TOPIC],
  ['PUT /topics/none/subscriptions/s', NO_TOPIC, 'no document'],
  ['PUT /topics/none/subscriptions/s?metaoverride=true', NO_TOPIC, xml('Subscription')],
  ['DELETE /topics/none/subscriptions/s', NO_TOPIC],
  [`GET ${SUBSCRIPTION}/s`, NO_SUBSCRIPTION],
  [`PUT ${SUBSCRIPTION}/s?metaoverride=true`, NO_SUBSCRIPTION, xml('Subscription')],
  [`GET ${AT}`, '404 MessageNotExist: Message not exist.'],
  [`GET ${AT}?numOfMessages=1`, '404 MessageNotExist: Message not exist.'],
  [`GET ${AT}?peekonly=true`, '404 MessageNotExist: Message not exist.'],
  [`GET ${AT}?peekonly=true&numOfMessages=1`, '404 MessageNotExist: Message not exist.'],
  [`DELETE ${AT}?${HANDLE}`, '404 MessageNotExist: Message not exist.'],

  ['GET /', noOperation('GET', '/', ' Near it: GET /, PUT /.')],
  [
    'PATCH /queues/q',
    noOperation('PATCH', '/queues/q', ' Near it: GET /queues, PUT /queues/:queue, GET /queues/:queue.'),
  ],
  ['GET /queues/q?colour=red&size=1', query('colour&size')],
  ['PUT /?accountmeta=true&x=1', query('accountmeta&x'), xml('Account')],
  [`GET ${AT}?peekonly=true&waitseconds=1`, query('peekonly&waitseconds')],
  [`PUT ${AT}?VisibilityTimeout=1&x=1`, query('visibilityTimeout&x')],
  [`GET ${AT}?waitseconds=1&Waitseconds=2`, query('Waitseconds')],
  [`GET ${AT}?peekonly=maybe`, argument('The value of peekonly should be true.')],
  [`GET ${AT}?peekonly=maybe&numOfMessages=1`, argument('The value of peekonly should be true.')],
  ['PUT /queues/q?metaoverride=no', argument('The value of metaoverride should be true.'), xml('Queue')],
  ['PUT /topics/t?metaoverride=no', argument('The value of metaoverride should be true.'), xml('Topic')],
  [`PUT ${SUBSCRIPTION}/there?metaoverride=no`, argument('The value of metaoverride should be true.')],
  [`GET ${AT}?waitseconds=31`, range('waitseconds', 0, 30)],
  [`GET ${AT}?numOfMessages=17`, range('numOfMessages', 1, 16)],
  [`DELETE ${AT}?ReceiptHandle=`, NO_HANDLE],
  [`DELETE ${AT}`, NO_HANDLE],
  [`PUT ${AT}`, NO_HANDLE],
  [`DELETE ${AT}?ReceiptHandle=x`, WRONG_HANDLE],
  [`DELETE ${AT}?ReceiptHandle=x8-MS0xLTE0MzI3Mjc4Mjc=`, WRONG_HANDLE],
  [`DELETE ${AT}?ReceiptHandle=8-MS0xLTE0MzI3Mjc4Mjc=x`, WRONG_HANDLE],
  [`DELETE ${AT}?ReceiptHandle=0-MS0xLTE0MzI3Mjc4Mjc=`, WRONG_HANDLE],
  [`DELETE ${AT}?ReceiptHandle=16-MS0xLTE0MzI3Mjc4Mjc`, '404 MessageNotExist: Message not exist.'],
  [`PUT ${AT}?${HANDLE}`, '400 MissingVisibilityTimeout: VisibilityTimeout is required.'],
  [`PUT ${AT}?${HANDLE}&VisibilityTimeout=43201`, range('VisibilityTimeout', 1, 43_200)],

  ['PUT /queues/-q', '400 InvalidQueueName: The queue name you provided is invalid.', xml('Queue')],
  [`PUT /queues/${LONG}`, `400 QueueNameLengthError: ${length('Queue')}`, xml('Queue')],
  ['PUT /topics/-t', '400 TopicNameInvalid: The topic name you provided is invalid.', xml('Topic')],
  [`PUT /topics/${LONG}`, `400 TopicNameLengthError: ${length('Topic')}`, xml('Topic')],
  [
    `PUT ${SUBSCRIPTION}/-s`,
    '400 SubscriptionNameInvalid: The subscription name you provided is invalid.',
    subscription,
  ],
  [`PUT ${SUBSCRIPTION}/${LONG}`, `400 SubscriptionNameLengthError: ${length('Subscription')}`, subscription],
  ['PUT /queues/q', `409 QueueAlreadyExist: ${there('queue')}`, xml('Queue', { DelaySeconds: 1 })],
  ['PUT /topics/t', `409 TopicAlreadyExist: ${there('topic')}`, xml('Topic', { LoggingEnabled: 'true' })],
  [
    `PUT ${SUBSCRIPTION}/there`,
    `409 SubscriptionAlreadyExist: ${there('subscription')}`,
    xml('Subscription', { Endpoint: FUNCTION }),
  ],
];

it.each(rows.map(withBody))('%s is refused: %s', async (asked, words, body) => {
  expect(await answered(await furnished(), asked, body)).toBe(words);
});

it('a name of 120 characters is one', async () => {
  const cloud = await furnished();
  const name = LONG.slice(1);
  const made = [
    await cloud.send('PUT', `/queues/${name}`, xml('Queue')),
    await cloud.send('PUT', `/topics/${name}`, xml('Topic')),
    await cloud.send('PUT', `${SUBSCRIPTION}/${name}`, subscription),
  ];
  expect(
    made.map(({ status, headers }) => [status, headers['Location']?.replace(/^.*aliyuncs.com/, '')]),
  ).toEqual([
    [201, `/queues/${name}`],
    [201, `/topics/${name}`],
    [201, `${SUBSCRIPTION}/${name}`],
  ]);
});
