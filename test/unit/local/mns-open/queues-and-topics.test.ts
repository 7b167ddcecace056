import { describe, expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { mnsOpen } from './mns-open.ts';

describe('a queue of the control API', () => {
  it.each(['form', 'query'] as const)('is the queue of the XML API, sent in a %s', async (how) => {
    const { call, owner } = await mnsOpen();
    const answer = await call('CreateQueue', { QueueName: 'q', VisibilityTimeout: '5' }, how);
    expect(answer).toMatchObject({ Code: 200, Status: 'Success', Success: true });
    expect(owner.mns.queue('q').attributes.visibilityTimeout).toBe(5);
  });

  it('is shown under other names than it was sent', async () => {
    const { call, data } = await mnsOpen();
    await call('CreateQueue', { QueueName: 'dead' });
    await call('CreateQueue', {
      QueueName: 'q',
      EnableLogging: 'true',
      DlqPolicy: JSON.stringify({ Enabled: true, DeadLetterTargetQueue: 'dead', MaxReceiveCount: 3 }),
      'Tag.1.Key': 'team',
      'Tag.1.Value': 'dba',
    });
    expect(await data('GetQueueAttributes', { QueueName: 'q' })).toMatchObject({
      QueueName: 'q',
      LoggingEnabled: true,
      DlqPolicy: { Enabled: true, DeadLetterTargetQueue: 'dead', MaxReceiveCount: '3' },
      Tags: [{ TagKey: 'team', TagValue: 'dba' }],
      ActiveMessages: 0,
      InactiveMessages: 0,
      DelayMessages: 0,
    });
  });

  it('keeps what a change leaves out', async () => {
    const { call, owner } = await mnsOpen();
    await call('CreateQueue', { QueueName: 'q', VisibilityTimeout: '5', PollingWaitSeconds: '10' });
    await call('SetQueueAttributes', { QueueName: 'q', VisibilityTimeout: '6' });
    expect(owner.mns.queue('q').attributes).toMatchObject({ visibilityTimeout: 6, pollingWaitSeconds: 10 });
  });

  it('is away when it was taken away, twice too', async () => {
    const { call, owner } = await mnsOpen();
    await call('CreateQueue', { QueueName: 'q' });
    await call('DeleteQueue', { QueueName: 'q' });
    await call('DeleteQueue', { QueueName: 'q' });
    expect(owner.mns.queues.size).toBe(0);
  });
});

describe('a topic of the control API', () => {
  it('is made, changed, shown and taken away', async () => {
    const { call, data, owner } = await mnsOpen();
    await call('CreateTopic', { TopicName: 't', MaxMessageSize: '2048', 'Tag.1.Key': 'team' });
    await call('SetTopicAttributes', { TopicName: 't', EnableLogging: 'true' });
    expect(await data('GetTopicAttributes', { TopicName: 't' })).toMatchObject({
      TopicName: 't',
      MaxMessageSize: 2048,
      LoggingEnabled: true,
      Tags: [{ TagKey: 'team', TagValue: '' }],
    });
    await call('DeleteTopic', { TopicName: 't' });
    expect(owner.mns.topics.size).toBe(0);
  });
});

describe('a list of the control API', () => {
  it('comes in pages of 10 to 50, whatever size was asked', async () => {
    const { data, owner } = await mnsOpen();
    for (let i = 10; i < 70; i += 1) owner.mns.addQueue(`queue-${i}`);
    expect(await data('ListQueue', { PageSize: '1', PageNum: '2' })).toMatchObject({
      PageNum: 2,
      PageSize: 10,
      Pages: 6,
      Size: 10,
      Total: 60,
      PageData: expect.arrayContaining([expect.objectContaining({ QueueName: 'queue-20' })]),
    });
    expect(await data('ListQueue', { PageSize: '999', PageNum: '2' })).toMatchObject({
      PageSize: 50,
      Size: 10,
    });
  });

  it('holds the names that contain what was asked', async () => {
    const { data, owner } = await mnsOpen();
    for (const name of ['requests', 'replies', 'other']) owner.mns.addTopic(name);
    expect(await data('ListTopic', { TopicName: 're' })).toMatchObject({ Total: 2, Pages: 1 });
    expect(await data('ListTopic', { TopicName: 'none' })).toMatchObject({
      Total: 0,
      Pages: 0,
      PageData: [],
    });
  });
});

it.each(['Queue', 'Topic'])('List%s has only what has the tags that were asked for', async (kind) => {
  const { call, data } = await mnsOpen();
  const make = (name: string, team: string) =>
    call(`Create${kind}`, { [`${kind}Name`]: name, 'Tag.1.Key': 'team', 'Tag.1.Value': team });
  await make('one', 'dba');
  await make('two', 'ops');
  const names = async (sent: Readonly<Record<string, string>>) =>
    Object(await data(`List${kind}`, sent))['PageData'].map((one: object) => Reflect.get(one, `${kind}Name`));
  expect(await names({ 'Tag.1.Key': 'team', 'Tag.1.Value': 'ops' })).toEqual(['two']);
  expect(await names({ 'Tag.1.Key': 'team' })).toEqual(['one', 'two']);
  expect(await names({ 'Tag.1.Key': 'none' })).toEqual([]);
});

it('a flag may be written as Python writes it', async () => {
  const { call, owner } = await mnsOpen();
  await call('CreateTopic', { TopicName: 't', EnableLogging: 'True' });
  await call('CreateQueue', { QueueName: 'q', EnableLogging: 'False' });
  expect(owner.mns.topic('t').attributes.loggingEnabled).toBe(true);
  expect(owner.mns.queue('q').attributes.loggingEnabled).toBe(false);
});

describe('the control API refuses', () => {
  it.each([
    ['GetQueueAttributes', { QueueName: 'none' }, '404 QueueNotExist'],
    ['SetQueueAttributes', { QueueName: 'none' }, '404 QueueNotExist'],
    ['GetTopicAttributes', { TopicName: 'none' }, '404 TopicNotExist'],
    ['CreateQueue', {}, '400 MissingParameter'],
    ['CreateQueue', { QueueName: '-q' }, '400 InvalidQueueName'],
    ['CreateQueue', { QueueName: 'q', VisibilityTimeout: 'soon' }, '400 InvalidParameter.VisibilityTimeout'],
    ['CreateQueue', { QueueName: 'q', QueueType: 'fifo' }, '400 InvalidParameter.QueueType'],
    ['CreateQueue', { QueueName: 'q', DlqPolicy: '{' }, '400 InvalidParameter.DlqPolicy'],
    ['CreateQueue', { QueueName: 'q', DlqPolicy: '{"Enabled":true}' }, '400 InvalidArgument'],
    ['CreateTopic', { TopicName: 't', EnableLogging: 'maybe' }, '400 InvalidParameter.EnableLogging'],
    ['SendMessage', { QueueName: 'q' }, '404 InvalidAction.NotFound'],
  ] as const)('%s with %j: %s', async (action, sent, refusal) => {
    const cloud = await mnsOpen();
    expect(await cloud.refusal(action, sent)).toBe(refusal);
    expect(cloud.owner.mns.queues.size + cloud.owner.mns.topics.size).toBe(0);
  });

  it('a caller without the right to that very queue', async () => {
    const Resource = `acs:mns:cn-hangzhou:${OWNER}:/queues/mine`;
    const { call, refusal } = await mnsOpen([{ Effect: 'Allow', Action: 'mns:CreateQueue', Resource }]);
    await call('CreateQueue', { QueueName: 'mine' });
    expect(await refusal('CreateQueue', { QueueName: 'yours' })).toBe('403 NoPermission');
    expect(await refusal('DeleteQueue', { QueueName: 'mine' })).toBe('403 NoPermission');
  });
});
