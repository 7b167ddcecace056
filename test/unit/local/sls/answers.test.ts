import { expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { NOW, slsCloud } from './sls.ts';

const project = 'ops';
const ID = /^[0-9A-F]{24}$/;

const shown = (projectName: string, more: object = {}) => ({
  projectName,
  description: '',
  status: 'Normal',
  owner: OWNER,
  region: 'cn-hangzhou',
  createTime: '2026-11-30 10:00:00',
  lastModifyTime: '2026-11-30 10:00:00',
  resourceGroupId: '',
  dataRedundancyType: 'LRS',
  ...more,
});

async function furnished() {
  const cloud = slsCloud();
  await cloud.made();
  await cloud.ask({ method: 'POST', target: '/', body: { projectName: 'dev' } });
  await cloud.store({ shardCount: 3 });
  const get = async (target: string, of: string | null = project) =>
    (await cloud.ask({ method: 'GET', target, ...(of === null ? {} : { project: of }) })).body;
  return { ...cloud, get };
}

it('what was made is answered without a type, what is read as JSON, each with its id', async () => {
  const { answered, get } = await furnished();
  const put = { method: 'PUT', target: '/', project, body: { description: 'd' } };
  expect(await answered(put)).toEqual({
    status: 200,
    headers: { 'x-log-requestid': expect.stringMatching(ID) },
    body: '',
  });
  expect(await get('/')).toEqual(shown('ops', { description: 'd', resourceGroupId: 'rg' }));
  const none = await answered({ method: 'GET', target: '/policy', project });
  expect(none.headers).toEqual({ 'x-log-requestid': expect.stringMatching(ID) });
  const refused = await answered({ method: 'GET', target: '/logstores/none', project });
  expect(refused.headers).toEqual({
    'content-type': 'application/json',
    'x-log-requestid': expect.stringMatching(ID),
  });
});

it('projects are listed whole, in pages, by name and by resource group', async () => {
  const { get } = await furnished();
  const dev = shown('dev');
  const ops = shown('ops', { description: 'logs', resourceGroupId: 'rg' });
  expect(await get('/', null)).toEqual({ count: 2, total: 2, projects: [ops, dev] });
  expect(await get('/?resourceGroupId=rg', null)).toEqual({ count: 1, total: 1, projects: [ops] });
  expect(await get('/?offset=1&size=1', null)).toEqual({ count: 1, total: 2, projects: [dev] });
});

it('logstores are listed by name, in pages', async () => {
  const { get, ask, store } = await furnished();
  for (const logstoreName of ['web', 'app-2']) await store({ logstoreName });
  expect(await get('/logstores')).toEqual({ count: 3, total: 3, logstores: ['app', 'app-2', 'web'] });
  expect(await get('/logstores?logstoreName=app&offset=1&size=1')).toEqual({
    count: 1,
    total: 2,
    logstores: ['app-2'],
  });
  expect((await ask({ method: 'GET', target: '/logstores', project: 'dev' })).body).toEqual({
    count: 0,
    total: 0,
    logstores: [],
  });
});

it('a logstore has what it was given and the settings of the console', async () => {
  const { get, owner } = await furnished();
  const console = {
    enable_tracking: false,
    autoSplit: false,
    maxSplitShard: 0,
    appendMeta: false,
    telemetryType: '',
    mode: 'standard',
  };
  const times = { createTime: NOW / 1000, lastModifyTime: NOW / 1000 };
  expect(await get('/logstores/app')).toEqual({
    ...console,
    ...times,
    logstoreName: 'app',
    ttl: 30,
    shardCount: 3,
  });
  owner.sls.add('made', 'by-function', { time: 2_000, topic: '', fields: {} });
  expect(await get('/', 'made')).toEqual(
    shown('made', { createTime: '1970-01-01 00:00:02', lastModifyTime: '1970-01-01 00:00:02' }),
  );
  expect(await get('/logstores/by-function?from=1', 'made')).toEqual({
    ...console,
    createTime: 2,
    lastModifyTime: 2,
    logstoreName: 'by-function',
    ttl: 30,
    shardCount: 2,
  });
  expect(await get('/logstores/by-function/shards', 'made')).toHaveLength(2);
  const lines = (project: string, logstore: string) => owner.sls.lines(project, logstore);
  expect([lines('ops', 'none'), lines('none', 'app'), lines('ops', 'app')]).toEqual([null, null, []]);
});

it('shards share the range of keys in equal parts', async () => {
  const { get } = await furnished();
  const third = 0x55555555555555555555555555555555n;
  const key = (value: bigint) => value.toString(16).padStart(32, '0');
  const shard = (shardID: number, from: bigint, to: bigint) => ({
    shardID,
    status: 'readwrite',
    inclusiveBeginKey: key(from),
    exclusiveEndKey: key(to),
    createTime: NOW / 1000,
  });
  expect(await get('/logstores/app/shards')).toEqual([
    shard(0, 0n, third),
    shard(1, third, 2n * third),
    shard(2, 2n * third, 3n * third),
  ]);
});

it('an index, new or changed, is shown with when it was made', async () => {
  const { ask, get } = await furnished();
  const index = { method: 'POST', target: '/logstores/app/index', project };
  const keys = { keys: { message: { token: [' '], type: 'text' } }, max_text_len: 2048 };
  await ask({ ...index, body: keys });
  const made = { index_mode: 'v2', storage: 'pg', lastModifyTime: NOW / 1000 };
  expect(await get('/logstores/app/index')).toEqual({ ...made, ...keys });
  await ask({ ...index, method: 'PUT', body: { line: { token: [','], caseSensitive: false } } });
  expect(await get('/logstores/app/index')).toEqual({
    ...made,
    line: { token: [','], caseSensitive: false },
  });
});

it('tags are found by project, key and value, and taken away all at a time', async () => {
  const { ask, get } = await furnished();
  const resourceType = 'project';
  const tag = (resourceId: string, ...tags: object[]) =>
    ask({ method: 'POST', target: '/tag', body: { resourceType, resourceId: [resourceId], tags } });
  await tag('ops', { key: 'a', value: '1' }, { key: 'b' });
  await tag('dev', { key: 'a', value: '2' });
  const rows = async (tags?: readonly object[]) => {
    const query = tags === undefined ? '' : `&tags=${encodeURIComponent(JSON.stringify(tags))}`;
    const { nextToken, tagResources } = await get(`/tags?resourceType=project${query}`, null);
    expect(nextToken).toBe('');
    return tagResources;
  };
  const row = (resourceId: string, tagKey: string, tagValue: string) => ({
    resourceType,
    resourceId,
    tagKey,
    tagValue,
  });
  const ops = [row('ops', 'a', '1'), row('ops', 'b', '')];
  const dev = [row('dev', 'a', '2')];
  expect(await rows()).toEqual([...ops, ...dev]);
  expect(await rows([{ key: 'b' }])).toEqual(ops);
  expect(await rows([{ key: 'a', value: '2' }])).toEqual(dev);
  expect(await rows([{ key: 'a' }, { key: 'b' }])).toEqual(ops);
  expect(await rows([{ key: 'c' }])).toEqual([]);
  await ask({ method: 'POST', target: '/untag', body: { resourceType, resourceId: ['ops'] } });
  expect(await rows()).toEqual([...ops, ...dev]);
  await ask({ method: 'POST', target: '/untag', body: { resourceType, resourceId: ['ops'], all: true } });
  expect(await rows()).toEqual(dev);
});
