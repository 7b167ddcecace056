import { beforeEach, describe, expect, it } from 'vitest';
import { addUser } from '../../../kit/two-accounts.ts';
import { type Asked, code, NOW, type Sign, slsCloud, v4 } from './sls.ts';

let cloud: ReturnType<typeof slsCloud>;
let ask: typeof cloud.ask;
let made: typeof cloud.made;
let store: typeof cloud.store;
beforeEach(() => {
  cloud = slsCloud();
  ({ ask, made, store } = cloud);
});

describe('a project', () => {
  it('is made, shown, changed and deleted with its logstores', async () => {
    expect(await made()).toEqual({ status: 200, body: null });
    const shown = { projectName: 'ops', description: 'logs', status: 'Normal', resourceGroupId: 'rg' };
    const get = () => ask({ method: 'GET', target: '/', project: 'ops' });
    expect((await get()).body).toMatchObject({ ...shown, createTime: '2026-11-30 10:00:00' });
    await ask({ method: 'PUT', target: '/', project: 'ops', body: { description: 'more' } });
    expect((await get()).body).toMatchObject({ ...shown, description: 'more' });
    await store();
    await ask({ method: 'DELETE', target: '/', project: 'ops' });
    expect(await code(get())).toBe('404 ProjectNotExist');
    expect(cloud.owner.sls.lines('ops', 'app')).toBeNull();
  });

  it.each(['cn-hangzhou.log.aliyuncs.com:7000', '127.0.0.1:7000', 'localhost:7000'])(
    'stands before the endpoint %s',
    async (endpoint) => {
      await made();
      const named = await ask({ method: 'GET', target: '/', project: 'ops', endpoint });
      expect(named.body).toMatchObject({ projectName: 'ops' });
      expect((await ask({ method: 'GET', target: '/', endpoint })).body).toMatchObject({ total: 1 });
    },
  );

  it('is made with its name in the host, too, as Python’s client asks', async () => {
    const create = { method: 'POST', target: '/', body: { projectName: 'ops' } };
    expect((await ask({ ...create, project: 'ops' })).status).toBe(200);
    expect([...cloud.owner.sls.projects.keys()]).toEqual(['ops']);
  });

  it('has tags and a policy', async () => {
    await made();
    const resource = { resourceType: 'PROJECT', resourceId: ['ops'] };
    await ask({
      method: 'POST',
      target: '/tag',
      body: { ...resource, tags: [{ key: 'a', value: 'b' }, { key: 'c' }] },
    });
    await ask({ method: 'POST', target: '/untag', body: { ...resource, tags: ['c'] } });
    const target = `/tags?resourceId=${encodeURIComponent('["ops"]')}&resourceType=PROJECT`;
    expect((await ask({ method: 'GET', target })).body).toEqual({
      nextToken: '',
      tagResources: [{ resourceType: 'project', resourceId: 'ops', tagKey: 'a', tagValue: 'b' }],
    });
    const policy = { Version: '1', Statement: [] };
    const get = () => ask({ method: 'GET', target: '/policy', project: 'ops' });
    expect((await get()).body).toBeNull();
    await ask({ method: 'POST', target: '/policy', project: 'ops', body: policy });
    expect((await get()).body).toEqual(policy);
    await ask({ method: 'DELETE', target: '/policy', project: 'ops' });
    expect((await get()).body).toBeNull();
  });

  it('is found by a part of its name, in pages', async () => {
    for (const projectName of ['ops-a', 'ops-b', 'dev'])
      await ask({ method: 'POST', target: '/', body: { projectName } });
    expect((await ask({ method: 'GET', target: '/?offset=1&projectName=ops&size=1' })).body).toMatchObject({
      count: 1,
      total: 2,
      projects: [{ projectName: 'ops-b' }],
    });
  });
});

describe('a logstore', () => {
  it('is made, shown, changed and deleted', async () => {
    await made();
    expect(await store({ autoSplit: true })).toEqual({ status: 200, body: null });
    const one = { project: 'ops', target: '/logstores/app' };
    const get = () => ask({ method: 'GET', ...one });
    const shown = { logstoreName: 'app', ttl: 30, shardCount: 2, autoSplit: true, mode: 'standard' };
    expect((await get()).body).toMatchObject({ ...shown, createTime: NOW / 1000 });
    await ask({ method: 'PUT', ...one, body: { ttl: 7, autoSplit: false } });
    expect((await get()).body).toMatchObject({ ...shown, ttl: 7, autoSplit: false });
    expect((await ask({ method: 'GET', project: 'ops', target: '/logstores' })).body).toEqual({
      count: 1,
      total: 1,
      logstores: ['app'],
    });
    await ask({ method: 'DELETE', ...one });
    expect(await code(get())).toBe('404 LogStoreNotExist');
  });

  it('has shards that share the range of keys, a way of being charged, and an index', async () => {
    await made();
    await store();
    const at = (method: string, part: string, body?: object) =>
      ask({
        method,
        project: 'ops',
        target: `/logstores/app/${part}`,
        ...(body === undefined ? {} : { body }),
      });
    const shards = (await at('GET', 'shards')).body as {
      inclusiveBeginKey: string;
      exclusiveEndKey: string;
    }[];
    expect(
      shards.map(({ inclusiveBeginKey, exclusiveEndKey }) => [inclusiveBeginKey, exclusiveEndKey]),
    ).toEqual([
      ['0'.repeat(32), `8${'0'.repeat(31)}`],
      [`8${'0'.repeat(31)}`, 'f'.repeat(32)],
    ]);
    expect((await at('GET', 'meteringmode')).body).toEqual({ meteringMode: 'ChargeByFunction' });
    await at('PUT', 'meteringmode', { meteringMode: 'ChargeByDataIngest' });
    expect((await at('GET', 'meteringmode')).body).toEqual({ meteringMode: 'ChargeByDataIngest' });
    const index = { line: { token: [' '] } };
    expect(await code(at('GET', 'index'))).toBe('404 IndexConfigNotExist');
    await at('POST', 'index', index);
    expect(await code(at('POST', 'index', index))).toBe('400 IndexAlreadyExist');
    expect((await at('GET', 'index')).body).toMatchObject(index);
    await at('PUT', 'index', { line: { token: [','] } });
    expect((await at('GET', 'index')).body).toMatchObject({ line: { token: [','] } });
    await at('DELETE', 'index');
    expect(await code(at('DELETE', 'index'))).toBe('404 IndexConfigNotExist');
  });
});

it('whoever has the right to one project makes, reads and tags that one alone', async () => {
  const { keys } = addUser(cloud.owner, 'one', {
    Effect: 'Allow',
    Action: 'log:*',
    Resource: ['acs:log:*:*:project/ops', 'acs:log:*:*:project/ops/*'],
  });
  const create = (projectName: string) => ask({ method: 'POST', target: '/', body: { projectName }, keys });
  expect(await code(create('dev'))).toBe('401 Unauthorized');
  expect((await create('ops')).status).toBe(200);
  expect(await code(ask({ method: 'GET', target: '/', keys }))).toBe('401 Unauthorized');
  const resource = { resourceType: 'project', tags: [{ key: 'a', value: 'b' }] };
  const tag = (resourceId: string[]) =>
    ask({ method: 'POST', target: '/tag', body: { ...resource, resourceId }, keys });
  expect(await code(tag(['ops', 'dev']))).toBe('401 Unauthorized');
  expect((await tag(['ops'])).status).toBe(200);
});

describe('a signature of version 4', () => {
  const list: Asked = { method: 'GET', target: '/?offset=0&size=10' };

  it('is taken with a body and with a query', async () => {
    const create = { method: 'POST', target: '/', body: { projectName: 'ops' } };
    expect(await ask(create, v4())).toEqual({ status: 200, body: null });
    expect((await ask(list, v4())).body).toMatchObject({ total: 1 });
  });

  it.each<[what: string, sign: Sign, refusal: string]>([
    ['of another region', v4('cn-beijing'), '401 Unauthorized'],
    [
      'with another secret',
      (keys, ...rest) => v4()({ ...keys, accessKeySecret: 'wrong' }, ...rest),
      '401 SignatureNotMatch',
    ],
    [
      'over another body',
      (keys, method, target, headers, body) => v4()(keys, method, target, headers, `${body} `),
      '401 SignatureNotMatch',
    ],
    [
      'whose date was changed',
      (keys, method, target, headers, body) => {
        const signature = v4()(keys, method, target, headers, body);
        headers['x-log-date'] = '20261130T100001Z';
        return signature;
      },
      '401 SignatureNotMatch',
    ],
    [
      'of yesterday',
      (keys, method, target, headers, body) => {
        const signature = v4()(keys, method, target, headers, body);
        headers['x-log-date'] = '20261129T100000Z';
        return signature;
      },
      '400 RequestTimeExpired',
    ],
  ])('%s is refused', async (_what, sign, refusal) => {
    expect(await code(ask(list, sign))).toBe(refusal);
  });
});
