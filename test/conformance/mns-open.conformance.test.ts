import { describe, expect, it } from 'vitest';
import { callApi, popClient } from './clients.ts';
import { refused } from './refused.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const VERSION = '2022-01-19';
const pop = popClient(cloud, 'mns-open', VERSION);

type Parameters = Readonly<Record<string, string>>;
type Call = (action: string, parameters: Parameters) => Promise<unknown>;

/** The ways in which the vendor's generic clients send parameters: there is no SDK of this API on npm. */
const WAYS: readonly (readonly [string, Call])[] = [
  [
    '@alicloud/openapi-core, in the query',
    (action, query) => callApi(cloud, { service: 'mns-open', version: VERSION, action, query }),
  ],
  [
    '@alicloud/openapi-core, in a form',
    (action, form) => callApi(cloud, { service: 'mns-open', version: VERSION, action, form }),
  ],
  ['@alicloud/pop-core by GET', (action, parameters) => pop.request(action, parameters, { method: 'GET' })],
  ['@alicloud/pop-core by POST', (action, parameters) => pop.request(action, parameters, { method: 'POST' })],
];

describe.each(WAYS)('the control API through %s', (way, call) => {
  const name = (what: string) => cloud.name(`${what}-${WAYS.findIndex(([one]) => one === way)}`);

  it('a topic pushes into a queue, and all three are made, shown, listed and taken away', async () => {
    const QueueName = name('queue');
    const TopicName = name('topic');
    const SubscriptionName = 'to-queue';
    cloud.cleanup.add(`queue ${QueueName}`, () => call('DeleteQueue', { QueueName }));
    cloud.cleanup.add(`topic ${TopicName}`, () => call('DeleteTopic', { TopicName }));
    expect(await call('CreateQueue', { QueueName, VisibilityTimeout: '45' })).toMatchObject({
      Success: true,
      RequestId: expect.any(String),
    });
    expect(await call('CreateTopic', { TopicName })).toMatchObject({ Success: true });
    const Endpoint = `acs:mns:${cloud.region}:${cloud.uid}:/queues/${QueueName}`;
    const subscription = { TopicName, SubscriptionName, PushType: 'queue', Endpoint, MessageTag: 'tag' };
    expect(await call('Subscribe', { ...subscription, NotifyContentFormat: 'SIMPLIFIED' })).toMatchObject({
      Success: true,
    });
    expect(await call('GetQueueAttributes', { QueueName })).toMatchObject({
      Data: { QueueName, VisibilityTimeout: 45 },
    });
    const shown = await call('GetSubscriptionAttributes', { TopicName, SubscriptionName });
    expect(shown).toMatchObject({ Data: { TopicName, SubscriptionName, FilterTag: 'tag' } });
    // What a subscription delivers under is never shown.
    expect(JSON.stringify(shown)).not.toContain('StsRoleArn');
    expect(JSON.stringify(await call('ListSubscriptionByTopic', { TopicName }))).toContain(SubscriptionName);
    await call('Unsubscribe', { TopicName, SubscriptionName });
    await call('DeleteTopic', { TopicName });
    await call('DeleteQueue', { QueueName });
    expect(await refused(call('GetTopicAttributes', { TopicName }))).toMatch(/^404 TopicNotExist/);
  });

  it('a missing parameter and an unknown operation are refused', async () => {
    expect(await refused(call('CreateQueue', {}))).toMatch(/^400 Missing/);
    expect(await refused(call('CreateNothing', { QueueName: 'q' }))).toMatch(/^4\d\d InvalidAction/);
  });
});
