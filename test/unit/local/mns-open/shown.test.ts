import { expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { SECOND } from '../../../kit/time.ts';
import { direct } from './direct.ts';

const MADE = { Code: 200, Status: 'Success', Message: 'operation success', Success: true, Data: {} };
const NAMES = { TopicName: 't', SubscriptionName: 's' };
const ENDPOINT = `acs:mns:cn-hangzhou:${OWNER}:/queues/dead`;

it('a queue, from its making to a change', () => {
  const { clock, data, answer } = direct();
  const shown = {
    QueueName: 'dead',
    CreateTime: 1_795_428_000,
    LastModifyTime: 1_795_428_000,
    DelaySeconds: 0,
    MaximumMessageSize: 65_536,
    MessageRetentionPeriod: 345_600,
    VisibilityTimeout: 30,
    PollingWaitSeconds: 0,
    ActiveMessages: 0,
    InactiveMessages: 0,
    DelayMessages: 0,
    LoggingEnabled: false,
    QueueType: 'normal',
    DlqPolicy: { Enabled: false },
    Tags: [],
  };
  expect(answer('CreateQueue', { QueueName: 'dead', QueueType: 'normal' })).toEqual(MADE);
  expect(data('GetQueueAttributes', { QueueName: 'dead' })).toEqual(shown);
  const DlqPolicy = '{"Enabled":"true","DeadLetterTargetQueue":"dead"}';
  answer('CreateQueue', { QueueName: 'q', DlqPolicy, MaximumMessageSize: '2048', 'Tag.12.Key': 'team' });
  clock.advance(10 * SECOND);
  expect(answer('SetQueueAttributes', { QueueName: 'q', DelaySeconds: '5' })).toEqual(MADE);
  const policy = { Enabled: true, DeadLetterTargetQueue: 'dead', MaxReceiveCount: '16' };
  expect(data('GetQueueAttributes', { QueueName: 'q' })).toEqual({
    ...shown,
    QueueName: 'q',
    LastModifyTime: 1_795_428_010,
    DelaySeconds: 5,
    MaximumMessageSize: 2048,
    DlqPolicy: policy,
    Tags: [{ TagKey: 'team', TagValue: '' }],
  });
});

it.each(['{}', '{"Enabled":false,"DeadLetterTargetQueue":"dead"}'])(
  'a queue with the policy %s has none',
  (DlqPolicy) => {
    const { data, answer } = direct();
    answer('CreateQueue', { QueueName: 'dead' });
    answer('CreateQueue', { QueueName: 'q', DlqPolicy: '{"Enabled":true,"DeadLetterTargetQueue":"dead"}' });
    answer('SetQueueAttributes', { QueueName: 'q', DlqPolicy });
    expect(data('GetQueueAttributes', { QueueName: 'q' })).toMatchObject({ DlqPolicy: { Enabled: false } });
  },
);

it('a topic, from its making to a change', () => {
  const { clock, data, answer } = direct();
  expect(answer('CreateTopic', { TopicName: 't', TopicType: 'normal', EnableLogging: 'true' })).toEqual(MADE);
  clock.advance(10 * SECOND);
  expect(answer('SetTopicAttributes', { TopicName: 't', MaxMessageSize: '2048' })).toEqual(MADE);
  expect(data('GetTopicAttributes', { TopicName: 't' })).toEqual({
    TopicName: 't',
    CreateTime: 1_795_428_000,
    LastModifyTime: 1_795_428_010,
    MaxMessageSize: 2048,
    MessageRetentionPeriod: 86_400,
    LoggingEnabled: true,
    TopicType: 'normal',
    Tags: [],
  });
});

it.each(['{}', '{"DeadLetterTargetQueue":"dead"}'])('a subscription, with the policy %s', (DlqPolicy) => {
  const { clock, data, answer } = direct();
  answer('CreateQueue', { QueueName: 'dead' });
  answer('CreateTopic', { TopicName: 't' });
  const made = answer('Subscribe', {
    ...NAMES,
    PushType: 'queue',
    Endpoint: ENDPOINT,
    DlqPolicy,
    MessageTag: '',
  });
  expect(made).toEqual(MADE);
  clock.advance(10 * SECOND);
  expect(answer('SetSubscriptionAttributes', NAMES)).toEqual(MADE);
  expect(data('GetSubscriptionAttributes', NAMES)).toEqual({
    TopicOwner: OWNER,
    ...NAMES,
    Endpoint: ENDPOINT,
    FilterTag: '',
    NotifyStrategy: 'BACKOFF_RETRY',
    NotifyContentFormat: 'XML',
    CreateTime: 1_795_428_000,
    LastModifyTime: 1_795_428_010,
    DlqPolicy: { Enabled: false },
  });
  const shown = data('GetSubscriptionAttributes', NAMES);
  const page = { PageNum: 1, PageSize: 10, Pages: 1, Size: 1, Total: 1 };
  expect(data('ListSubscriptionByTopic', { TopicName: 't' })).toEqual({ PageData: [shown], ...page });
  expect(data('ListSubscriptionByTopic', { TopicName: 't', SubscriptionName: 'x' })).toMatchObject({
    Total: 0,
  });
});

it.each(['Queue', 'Topic'])('%s: what is made again keeps its tags', (kind) => {
  const { data, answer } = direct();
  const name = { [`${kind}Name`]: 'n' };
  answer(`Create${kind}`, { ...name, 'Tag.1.Key': 'a', 'xTag.2.Key': 'b', 'Tag.3.Keys': 'c' });
  answer(`Create${kind}`, { ...name, 'Tag.1.Key': 'other' });
  expect(data(`Get${kind}Attributes`, name)).toMatchObject({ Tags: [{ TagKey: 'a', TagValue: '' }] });
});

it('a list is in the order of names', () => {
  const { data, answer } = direct();
  for (const name of ['b', 'd', 'a', 'c']) answer('CreateTopic', { TopicName: name });
  const { PageData } = Object(data('ListTopic', {}));
  expect(PageData.map(({ TopicName }: { TopicName: string }) => TopicName)).toEqual(['a', 'b', 'c', 'd']);
});

it('tags are sent in any number, and what is only like one is none', () => {
  const { answer, mns } = direct();
  mns.addQueue('q');
  mns.addQueue('r');
  const twelve = { ResourceType: 'queue', 'ResourceId.12': 'q' };
  answer('TagResources', {
    ...twelve,
    'ResourceId.1x': 'r',
    'Tag.1.Key': 'a',
    'Tag.2.Keys': 'b',
    'Tag.13.Key': 'c',
  });
  expect([...mns.queue('q').tags.keys(), ...mns.queue('r').tags.keys()]).toEqual(['a', 'c']);
  answer('UntagResources', { ...twelve, 'TagKey.10': 'a', 'TagKey.1x': 'c' });
  expect([...mns.queue('q').tags.keys()]).toEqual(['c']);
});
