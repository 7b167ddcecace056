import { expect, it } from 'vitest';
import { mnsOpenOperations } from '../../../../local/cloud/mns-open/index.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { direct } from './direct.ts';

const QUEUE = { QueueName: 'q' };
const TOPIC = { TopicName: 't' };
const SUBSCRIPTION = { ...TOPIC, SubscriptionName: 's' };
const TAGGED = { ResourceType: 'topic', 'ResourceId.1': 't', 'ResourceId.2': 'u' };

const rows = [
  ['CreateQueue', QUEUE, ['/queues/q']],
  ['CreateTopic', TOPIC, ['/topics/t']],
  ['DeleteQueue', QUEUE, ['/queues/q']],
  ['DeleteTopic', TOPIC, ['/topics/t']],
  ['GetQueueAttributes', QUEUE, ['/queues/q']],
  ['GetSubscriptionAttributes', SUBSCRIPTION, ['/topics/t/subscriptions/s']],
  ['GetTopicAttributes', TOPIC, ['/topics/t']],
  ['ListQueue', {}, ['/queues']],
  ['ListSubscriptionByTopic', TOPIC, ['/topics/t/subscriptions']],
  ['ListTagResources', { ResourceType: 'queue' }, ['/queues/*']],
  ['ListTagResources', TAGGED, ['/topics/t', '/topics/u']],
  ['ListTopic', {}, ['/topics']],
  ['SetQueueAttributes', QUEUE, ['/queues/q']],
  ['SetSubscriptionAttributes', SUBSCRIPTION, ['/topics/t/subscriptions/s']],
  ['SetTopicAttributes', TOPIC, ['/topics/t']],
  ['TagResources', { ...TAGGED, 'Tag.1.Key': 'k' }, ['/topics/t', '/topics/u']],
  ['Unsubscribe', SUBSCRIPTION, ['/topics/t/subscriptions/s']],
  ['UntagResources', { ...TAGGED, All: 'true' }, ['/topics/t', '/topics/u']],
] as const;

it.each(rows)('%s with %j needs the right to %j', (action, sent, paths) => {
  expect(direct().permission(action, sent)).toEqual(
    paths.map((path) => ({
      action: `mns:${action}`,
      resource: `acs:mns:cn-hangzhou:${OWNER}:${path}`,
      conditions: {},
    })),
  );
});

it.each([
  ['queue', `acs:mns:cn-hangzhou:${REQUESTER}:/queues/q`],
  ['http', 'http://example.com'],
])('Subscribe needs the right to the subscription, and says that it pushes to %s', (PushType, Endpoint) => {
  expect(direct().permission('Subscribe', { ...SUBSCRIPTION, PushType, Endpoint })).toEqual([
    {
      action: 'mns:Subscribe',
      resource: `acs:mns:cn-hangzhou:${OWNER}:/topics/t/subscriptions/s`,
      conditions: { 'mns:pushtype': PushType },
    },
  ]);
});

it('no operation is left out', () => {
  expect(mnsOpenOperations.map(({ name }) => name)).toEqual(
    [...new Set([...rows.map(([action]) => action), 'Subscribe'])].sort(),
  );
});
