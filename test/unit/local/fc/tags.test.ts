import { describe, expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { type Body, emptyCloud, REGION, saying } from './setup.ts';

const arn = (name: string): string => `acs:fc:${REGION}:${OWNER}:functions/${name}`;
const of = (...names: readonly string[]): Body => ({
  ResourceType: 'function',
  ResourceId: names.map(arn),
});

/** Two functions. */
async function furnished(more: Body = {}) {
  const cloud = emptyCloud();
  for (const functionName of ['f', 'g'])
    await cloud.call('CreateFunction', [], { ...saying(''), functionName, ...more });
  return {
    ...cloud,
    tagsOf: (name: string) => Object.fromEntries(cloud.account.fc.function(name).tags),
    shown: async (name: string) => (await cloud.call('GetFunction', [name]))?.['tags'],
  };
}

describe('a function is made with tags', () => {
  it.each<[who: string, sent: Body]>([
    ['the vendor’s client', { tags: [{ Key: 'team', Value: 'dba' }] }],
    ['s.yaml', { tags: [{ key: 'team', value: 'dba' }] }],
    ['Terraform’s provider', { Tags: [{ Key: 'team', Value: 'dba' }] }],
  ])('as %s writes them, and shown with them', async (_who, sent) => {
    const { shown } = await furnished(sent);
    expect(await shown('f')).toEqual([{ Key: 'team', Value: 'dba' }]);
  });

  it('without any it shows none, and an update leaves them alone', async () => {
    const { call, shown, tagsOf } = await furnished();
    expect(await shown('f')).toBeUndefined();
    await call('TagResources', [], { ...of('f'), Tag: [{ Key: 'a', Value: '1' }] });
    await call('UpdateFunction', ['f'], { timeout: 9, tags: [{ key: 'b', value: '' }] });
    expect(tagsOf('f')).toEqual({ a: '1' });
  });

  it('a tag of another form is refused', async () => {
    const { call, account } = emptyCloud();
    const made = call('CreateFunction', [], { ...saying(''), tags: [{ name: 'a' }] });
    await expect(made).rejects.toMatchObject({ status: 400, message: expect.stringContaining('tags[0]') });
    expect(account.fc.functions.size).toBe(0);
  });
});

it('TagResources adds and changes, UntagResources takes away what is named, or all', async () => {
  const { call, tagsOf } = await furnished();
  await call('TagResources', [], { ...of('f', 'g'), Tag: [{ Key: 'a', Value: '1' }, { Key: 'b' }] });
  await call('TagResources', [], { ResourceId: [arn('g')], Tag: [{ Key: 'a', Value: '2' }] });
  expect([tagsOf('f'), tagsOf('g')]).toEqual([
    { a: '1', b: '' },
    { a: '2', b: '' },
  ]);
  await call('UntagResources', [], { ...of('f'), TagKey: ['a', 'none'], All: 'true' });
  await call('UntagResources', [], { ...of('f'), TagKey: ['none'] });
  await call('UntagResources', [], { ...of('g'), All: 'true' });
  expect([tagsOf('f'), tagsOf('g')]).toEqual([{ b: '' }, {}]);
});

it('ListTagResources has a row for each tag, in pages', async () => {
  const { call } = await furnished({ tags: [{ Key: 'a', Value: '1' }, { Key: 'b' }] });
  const row = (name: string, TagKey: string, TagValue: string) => ({
    ResourceType: 'function',
    ResourceId: arn(name),
    TagKey,
    TagValue,
  });
  const first = await call('ListTagResources', [], { ResourceType: 'function', Limit: '3' });
  expect(first?.['TagResources']).toEqual([row('f', 'a', '1'), row('f', 'b', ''), row('g', 'a', '1')]);
  const { NextToken } = first ?? {};
  const rest = await call('ListTagResources', [], { ResourceType: 'function', NextToken });
  expect([rest?.['TagResources'], rest?.['NextToken']]).toEqual([[row('g', 'b', '')], undefined]);
  const some = await call('ListTagResources', [], { ...of('f', 'none'), Tag: [{ Key: 'a' }] });
  expect(some?.['TagResources']).toEqual([row('f', 'a', '1'), row('f', 'b', '')]);
});

it.each<[operation: string, sent: Body, status: number, named: string]>([
  ['TagResources', { ...of('f'), Tag: [] }, 400, 'Tag'],
  ['TagResources', { ...of('f'), Tag: [{ Key: 'acs:x' }] }, 400, 'reserved'],
  ['TagResources', { Tag: [{ Key: 'x' }] }, 400, 'ResourceId'],
  ['TagResources', { ...of('f'), ResourceType: 'service', Tag: [{ Key: 'x' }] }, 400, 'ResourceType'],
  ['TagResources', { ResourceId: ['f'], Tag: [{ Key: 'x' }] }, 400, 'no ARN'],
  ['UntagResources', of('f'), 400, 'TagKey or All'],
  ['UntagResources', { ...of('f'), TagKey: 'a' }, 400, 'TagKey'],
  ['ListTagResources', { ResourceType: 'function', Limit: '0' }, 400, 'Limit'],
])('%s with %j: %i, naming %s, and nothing is changed', async (operation, sent, status, named) => {
  const { call, tagsOf } = await furnished({ tags: [{ Key: 'kept' }] });
  const refused = { status, message: expect.stringContaining(named) };
  await expect(call(operation, [], sent)).rejects.toMatchObject(refused);
  expect(tagsOf('f')).toEqual({ kept: '' });
});

it.each<[operation: string, sent: Body]>([
  ['TagResources', { Tag: [{ Key: 'x' }] }],
  ['UntagResources', { All: 'true' }],
])('%s of a function that is not there changes none', async (operation, sent) => {
  const { call, tagsOf } = await furnished({ tags: [{ Key: 'kept' }] });
  expect(await call(operation, [], { ...of('f', 'nobody'), ...sent })).toBeNull();
  expect(tagsOf('f')).toEqual({ kept: '' });
});

it('a function takes twenty tags, and of one more none', async () => {
  const { call, tagsOf } = await furnished();
  const Tag = Array.from({ length: 20 }, (_, i) => ({ Key: `k${i}` }));
  await call('TagResources', [], { ...of('g'), Tag });
  const more = call('TagResources', [], { ...of('f', 'g'), Tag: [{ Key: 'more' }] });
  await expect(more).rejects.toMatchObject({ code: 'InvalidArgument' });
  expect([tagsOf('f'), Object.keys(tagsOf('g')).length]).toEqual([{}, 20]);
});
