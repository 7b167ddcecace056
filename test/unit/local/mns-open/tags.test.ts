import { expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { mnsOpen } from './mns-open.ts';

const queues = (...names: readonly string[]) => ({
  ResourceType: 'queue',
  ...Object.fromEntries(names.map((name, index) => [`ResourceId.${index + 1}`, name])),
});

/** Two queues and a topic of one name. */
async function furnished(rights?: Parameters<typeof mnsOpen>[0]) {
  const cloud = await mnsOpen(rights);
  cloud.owner.mns.addQueue('one');
  cloud.owner.mns.addQueue('two');
  cloud.owner.mns.addTopic('one');
  return {
    ...cloud,
    tagsOf: (name: string) => Object.fromEntries(cloud.owner.mns.queue(name).tags),
    topicTags: () => Object.fromEntries(cloud.owner.mns.topic('one').tags),
  };
}

it('TagResources adds tags and changes values, as Terraform’s provider sends them', async () => {
  const { call, tagsOf, topicTags, data } = await furnished();
  await call('TagResources', { ...queues('one', 'two'), 'Tag.1.Key': 'team', 'Tag.1.Value': 'a' });
  await call('TagResources', { ...queues('two'), 'Tag.1.Key': 'team', 'Tag.1.Value': 'b', 'Tag.2.Key': 'x' });
  expect([tagsOf('one'), tagsOf('two'), topicTags()]).toEqual([{ team: 'a' }, { team: 'b', x: '' }, {}]);
  expect(await data('GetQueueAttributes', { QueueName: 'one' })).toMatchObject({
    Tags: [{ TagKey: 'team', TagValue: 'a' }],
  });
});

it('UntagResources removes the tags named, or all of them', async () => {
  const { call, tagsOf, topicTags } = await furnished();
  for (const ResourceType of ['queue', 'topic'])
    await call('TagResources', {
      ResourceType,
      'ResourceId.1': 'one',
      'Tag.1.Key': 'a',
      'Tag.2.Key': 'b',
    });
  await call('UntagResources', { ...queues('one'), 'TagKey.1': 'a', 'TagKey.2': 'none', All: 'true' });
  await call('UntagResources', { ResourceType: 'topic', 'ResourceId.1': 'one', All: 'true' });
  expect([tagsOf('one'), topicTags()]).toEqual([{ b: '' }, {}]);
});

it('ListTagResources has a row for each tag, of what has all the tags asked for', async () => {
  const { call, data } = await furnished();
  await call('TagResources', { ...queues('one', 'two'), 'Tag.1.Key': 'team', 'Tag.1.Value': 'a' });
  await call('TagResources', { ...queues('two'), 'Tag.1.Key': 'x' });
  const row = (ResourceId: string, TagKey: string, TagValue: string) => ({
    ResourceType: 'queue',
    ResourceId,
    TagKey,
    TagValue,
  });
  const all = [row('one', 'team', 'a'), row('two', 'team', 'a'), row('two', 'x', '')];
  expect(await data('ListTagResources', { ResourceType: 'queue' })).toEqual({ TagResources: all });
  expect(await data('ListTagResources', { ResourceType: 'queue', 'Tag.1.Key': 'x' })).toEqual({
    TagResources: all.slice(1),
  });
  expect(await data('ListTagResources', queues('one', 'nobody'))).toEqual({ TagResources: all.slice(0, 1) });
  expect(await data('ListTagResources', { ResourceType: 'topic' })).toEqual({ TagResources: [] });
});

it('ListTagResources answers every row once, in pages of fifty', async () => {
  const { data, owner } = await mnsOpen();
  for (let i = 10; i < 70; i += 1) owner.mns.addQueue(`q${i}`).tags = new Map([['k', String(i)]]);
  const first = await data('ListTagResources', { ResourceType: 'queue' });
  const { NextToken } = first as { NextToken: string };
  const second = await data('ListTagResources', { ResourceType: 'queue', NextToken });
  expect([first, second]).toEqual([
    { NextToken, TagResources: expect.objectContaining({ length: 50 }) },
    { TagResources: expect.objectContaining({ length: 10 }) },
  ]);
});

it.each([
  ['TagResources', { ...queues('one', 'none'), 'Tag.1.Key': 'a' }, '404 QueueNotExist'],
  ['TagResources', { ResourceType: 'topic', 'ResourceId.1': 'two', 'Tag.1.Key': 'a' }, '404 TopicNotExist'],
  ['TagResources', queues('one'), '400 MissingParameter'],
  ['TagResources', { ResourceType: 'queue', 'Tag.1.Key': 'a' }, '400 MissingParameter'],
  [
    'TagResources',
    { ResourceType: 'endpoint', 'ResourceId.1': 'one', 'Tag.1.Key': 'a' },
    '400 InvalidParameter.ResourceType',
  ],
  ['TagResources', { ...queues('one'), 'Tag.1.Key': 'acs:x' }, '400 InvalidParameter.Tag'],
  ['UntagResources', queues('one'), '400 MissingParameter'],
  ['UntagResources', { ...queues('one', 'none'), All: 'true' }, '404 QueueNotExist'],
  ['ListTagResources', { ResourceType: 'queue', NextToken: 'x' }, '400 InvalidParameter.NextToken'],
] as const)('%s with %j: %s, and nothing is changed', async (action, sent, refusal) => {
  const cloud = await furnished();
  await cloud.call('TagResources', { ...queues('one'), 'Tag.1.Key': 'kept' });
  expect(await cloud.refusal(action, sent)).toBe(refusal);
  expect(cloud.tagsOf('one')).toEqual({ kept: '' });
});

it('a queue takes twenty tags, and of one more none', async () => {
  const { call, refusal, tagsOf } = await furnished();
  const twenty = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`Tag.${i + 1}.Key`, `k${i}`]));
  await call('TagResources', { ...queues('two'), ...twenty });
  expect(await refusal('TagResources', { ...queues('one', 'two'), 'Tag.1.Key': 'more' })).toBe(
    '409 LimitExceeded.Tag',
  );
  expect([tagsOf('one'), Object.keys(tagsOf('two')).length]).toEqual([{}, 20]);
});

it('the caller needs the right to each queue', async () => {
  const Resource = `acs:mns:cn-hangzhou:${OWNER}:/queues/one`;
  const cloud = await furnished([{ Effect: 'Allow', Action: 'mns:TagResources', Resource }]);
  expect(await cloud.refusal('TagResources', { ...queues('one', 'two'), 'Tag.1.Key': 'a' })).toBe(
    '403 NoPermission',
  );
  await cloud.call('TagResources', { ...queues('one'), 'Tag.1.Key': 'a' });
  expect([cloud.tagsOf('one'), cloud.tagsOf('two')]).toEqual([{ a: '' }, {}]);
});
