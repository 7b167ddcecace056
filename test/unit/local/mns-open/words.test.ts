import { expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { direct, type Parameters } from './direct.ts';

const QUEUE = { QueueName: 'q' };
const TOPIC = { TopicName: 't' };
const SUBSCRIPTION = { ...TOPIC, SubscriptionName: 's' };
const TO_QUEUE = {
  ...SUBSCRIPTION,
  PushType: 'queue',
  Endpoint: `acs:mns:cn-hangzhou:${OWNER}:/queues/there`,
};
const TAGGED = { ResourceType: 'queue', 'ResourceId.1': 'there' };

const wrong = (name: string, why: string): string =>
  `400 InvalidParameter.${name}: The parameter ${name} is not valid: ${why}`;
const missing = (name: string): string =>
  `400 MissingParameter: The parameter ${name} is mandatory for this action.`;
const number = (name: string, value: string) =>
  ['CreateQueue', { ...QUEUE, [name]: value }, wrong(name, 'A whole number is expected.')] as const;
const endpoint = (type: string): string =>
  `400 EndpointInvalid: The endpoint is not one of the push type ${type}.`;
const shape = (why: string): string =>
  wrong('DlqPolicy', `It is no JSON object of the documented shape: ${why}`);

const rows: readonly (readonly [action: string, sent: Parameters, words: string])[] = [
  ['CreateQueue', {}, missing('QueueName')],
  ['CreateQueue', { QueueName: '' }, missing('QueueName')],
  ['CreateTopic', {}, missing('TopicName')],
  ['DeleteQueue', {}, missing('QueueName')],
  ['DeleteTopic', {}, missing('TopicName')],
  ['GetSubscriptionAttributes', TOPIC, missing('SubscriptionName')],
  [
    'CreateQueue',
    { ...QUEUE, QueueType: 'fifo' },
    wrong('QueueType', 'The local cloud has normal queues only.'),
  ],
  [
    'CreateTopic',
    { ...TOPIC, TopicType: 'fifo' },
    wrong('TopicType', 'The local cloud has normal topics only.'),
  ],
  number('DelaySeconds', 'soon'),
  number('DelaySeconds', 'in 5'),
  number('DelaySeconds', '5s'),
  number('DelaySeconds', '-1'),
  number('DelaySeconds', '1234567890'),
  [
    'CreateTopic',
    { ...TOPIC, EnableLogging: 'untrue' },
    wrong('EnableLogging', 'true or false is expected.'),
  ],
  [
    'CreateTopic',
    { ...TOPIC, EnableLogging: 'falsehood' },
    wrong('EnableLogging', 'true or false is expected.'),
  ],
  ['CreateQueue', { ...QUEUE, DlqPolicy: '{' }, shape('Invalid input: expected object, received string')],
  [
    'CreateQueue',
    { ...QUEUE, DlqPolicy: '{"Enabled":1,"DeadLetterTargetQueue":1}' },
    shape('Invalid input Invalid input: expected string, received number'),
  ],
  [
    'CreateQueue',
    { ...QUEUE, DlqPolicy: '{"Enabled":true}' },
    '400 InvalidArgument: DlqPolicy needs a DeadLetterTargetQueue.',
  ],
  ['Subscribe', { ...TO_QUEUE, PushType: 'http' }, endpoint('http')],
  ['Subscribe', { ...TO_QUEUE, Endpoint: 'http://example.com' }, endpoint('queue')],
  ['Subscribe', { ...TO_QUEUE, Endpoint: `to ${TO_QUEUE.Endpoint}` }, endpoint('queue')],
  [
    'Subscribe',
    { ...TO_QUEUE, PushType: 'email' },
    wrong('PushType', 'The local cloud pushes to queues and http addresses.'),
  ],
  [
    'Subscribe',
    { ...TO_QUEUE, DlqPolicy: '{"Enabled":true}' },
    '400 InvalidArgument: DlqPolicy needs a DeadLetterTargetQueue.',
  ],
  [
    'Subscribe',
    { ...TO_QUEUE, StsRoleArn: 'role/x' },
    '400 InvalidArgument: The value of StsRoleArn is not the ARN of a role.',
  ],
  ...['x acs:ram::1:role/r', 'acs:ram::1:role/r x', 'acs:ram:::role/r'].map(
    (StsRoleArn) =>
      [
        'Subscribe',
        { ...TO_QUEUE, StsRoleArn },
        '400 InvalidArgument: The value of StsRoleArn is not the ARN of a role.',
      ] as const,
  ),
  [
    'Subscribe',
    { ...TO_QUEUE, DlqPolicy: '{"Enabled":true,"DeadLetterTargetQueue":"none"}' },
    '400 InvalidArgument: The dead letter queue none is not exist.',
  ],
  ['TagResources', { ResourceType: 'queue', 'Tag.1.Key': 'k' }, missing('ResourceId')],
  ['TagResources', { ...TAGGED, 'XTag.1.Key': 'k' }, missing('Tag')],
  ['TagResources', { ResourceType: 'queue', 'XResourceId.1': 'q', 'Tag.1.Key': 'k' }, missing('ResourceId')],
  [
    'UntagResources',
    TAGGED,
    '400 MissingParameter: The parameter TagKey or All is mandatory for this action.',
  ],
];

it.each(rows)('%s with %j: %s', (action, sent, words) => {
  const { mns, words: of } = direct();
  mns.addQueue('there');
  mns.addTopic('t');
  expect(of(action, sent)).toBe(words);
  expect([mns.queues.size, mns.topics.size, mns.topic('t').subscriptions.size]).toEqual([1, 1, 0]);
});

it('TagResources says how many tags a resource has', () => {
  const { mns, words } = direct();
  mns.addQueue('there').tags = new Map(Array.from({ length: 20 }, (_, i) => [`k${i}`, '']));
  expect(words('TagResources', { ...TAGGED, 'Tag.1.Key': 'more' })).toBe(
    '409 LimitExceeded.Tag: A resource has up to 20 tags.',
  );
});

const LIMITS = [
  ['Queue', 'DelaySeconds', 0, 604_800],
  ['Queue', 'MaximumMessageSize', 1024, 65_536],
  ['Queue', 'MessageRetentionPeriod', 60, 604_800],
  ['Queue', 'VisibilityTimeout', 1, 43_200],
  ['Queue', 'PollingWaitSeconds', 0, 30],
  ['Topic', 'MaxMessageSize', 1024, 65_536],
] as const;

it.each(LIMITS)('the %s’s %s goes from %d to %d', (kind, name, low, high) => {
  const cloud = direct();
  const make = (value: number) =>
    cloud.words(`Create${kind}`, { [`${kind}Name`]: `n${value}`, [name]: `${value}` });
  const made = (value: number) =>
    Object(cloud.data(`Get${kind}Attributes`, { [`${kind}Name`]: `n${value}` }))[name];
  for (const value of [low, high]) {
    make(value);
    expect(made(value)).toBe(value);
  }
  const code = new RegExp(`^400 InvalidParameter.${name}: `);
  if (low > 0) expect(make(low - 1)).toMatch(code);
  expect(make(high + 1)).toMatch(code);
  expect(cloud.mns.queues.size + cloud.mns.topics.size).toBe(2);
});
