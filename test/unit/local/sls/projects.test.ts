import { createHash, createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { handleSls } from '../../../../local/cloud/sls/handle.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addUser, everything, type Keys, twoAccounts } from '../../../kit/two-accounts.ts';
import { request } from '../signature/sign.ts';

const NOW = Date.parse('2026-11-30T10:00:00Z');

let cloud: ReturnType<typeof twoAccounts<TestClock>>;
let admin: Keys;
beforeEach(() => {
  cloud = twoAccounts(new TestClock(NOW));
  admin = addUser(cloud.owner, 'admin', everything).keys;
});

interface Asked {
  readonly method: string;
  readonly target: string;
  readonly project?: string;
  readonly body?: object;
  readonly keys?: Keys;
  readonly endpoint?: string;
}

type Sign = (
  keys: Keys,
  method: string,
  target: string,
  headers: Record<string, string>,
  body: string,
) => string;

/** As the clients that are made from the metadata sign, Go's and Python's: SHA-256. */
const v1: Sign = (keys, method, target, headers, body) => {
  if (body !== '') headers['content-md5'] = createHash('md5').update(body).digest('hex').toUpperCase();
  headers['x-log-signaturemethod'] = 'hmac-sha256';
  headers['date'] = new Date(NOW).toUTCString();
  const own = Object.keys(headers).filter((name) => name.startsWith('x-log-'));
  const [path = '', query] = target.split('?');
  const lines = own.sort().map((name) => `${name}:${headers[name]}\n`);
  const resource = query === undefined ? path : `${path}?${decodeURIComponent(query)}`;
  const text = `${method}\n${headers['content-md5'] ?? ''}\n${headers['content-type'] ?? ''}\n${headers['date']}\n${lines.join('')}${resource}`;
  return `LOG ${keys.accessKeyId}:${createHmac('sha256', keys.accessKeySecret).update(text).digest('base64')}`;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const v4 =
  (region = 'cn-hangzhou'): Sign =>
  (keys, method, target, headers, body) => {
    headers['x-log-date'] = '20261130T100000Z';
    headers['x-log-content-sha256'] = sha256(body);
    const names = Object.keys(headers).sort();
    const [path = '', query = ''] = target.split('?');
    const canonical = [
      method,
      path,
      query,
      ...names.map((name) => `${name}:${headers[name]}`),
      '',
      names.join(';'),
      sha256(body),
    ].join('\n');
    const scope = `20261130/${region}/sls/aliyun_v4_request`;
    const text = `SLS4-HMAC-SHA256\n20261130T100000Z\n${scope}\n${sha256(canonical)}`;
    const sign = (key: string | Buffer, part: string) => createHmac('sha256', key).update(part).digest();
    const key = scope.split('/').reduce<string | Buffer>(sign, `aliyun_v4${keys.accessKeySecret}`);
    return `SLS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope},Signature=${sign(key, text).toString('hex')}`;
  };

async function ask(
  { method, target, project, body, keys = admin, endpoint = 'cn-hangzhou.log.aliyuncs.com' }: Asked,
  sign: Sign = v1,
) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const host = `${project === undefined ? '' : `${project}.`}${endpoint}`;
  const headers: Record<string, string> = { host, 'x-log-apiversion': '0.6.0', 'x-log-bodyrawsize': '0' };
  if (text !== '') headers['content-type'] = 'application/json';
  const authorization = sign(keys, method, target, headers, text);
  const answer = await handleSls(
    cloud.world,
    cloud.owner,
    request({ method, target, headers: { ...headers, authorization }, body: text }),
  );
  const found = answer.body.toString();
  return { status: answer.status, body: found === '' ? null : JSON.parse(found) };
}

const made = () =>
  ask({
    method: 'POST',
    target: '/',
    body: { projectName: 'ops', description: 'logs', resourceGroupId: 'rg' },
  });
const store = (more: object = {}) =>
  ask({
    method: 'POST',
    target: '/logstores',
    project: 'ops',
    body: { logstoreName: 'app', ttl: 30, shardCount: 2, ...more },
  });
const code = async (asked: Promise<{ status: number; body: unknown }>): Promise<string> => {
  const { status, body } = await asked;
  return `${status} ${String(Object(body).errorCode)}`;
};

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

describe('what is refused', () => {
  it.each<[what: string, asked: Asked, refusal: string]>([
    [
      'a name that is none',
      { method: 'POST', target: '/', body: { projectName: 'Ops' } },
      '400 ParameterInvalid',
    ],
    [
      'a project that is there',
      { method: 'POST', target: '/', body: { projectName: 'ops' } },
      '400 ProjectAlreadyExist',
    ],
    ['no project', { method: 'GET', target: '/logstores/app', project: 'other' }, '404 ProjectNotExist'],
    [
      'tags of no project',
      {
        method: 'POST',
        target: '/tag',
        body: { resourceType: 'project', resourceId: ['ops', 'x'], tags: [{ key: 'a' }] },
      },
      '404 ProjectNotExist',
    ],
    [
      'tags of another kind',
      {
        method: 'POST',
        target: '/tag',
        body: { resourceType: 'logstore', resourceId: ['ops'], tags: [{ key: 'a' }] },
      },
      '400 ParameterInvalid',
    ],
    [
      'a list that is no JSON',
      { method: 'GET', target: '/tags?resourceId=ops&resourceType=project' },
      '400 ParameterInvalid',
    ],
    [
      'an empty index',
      { method: 'POST', target: '/logstores/app/index', project: 'ops', body: {} },
      '400 IndexInfoInvalid',
    ],
    [
      'a logstore that is there',
      {
        method: 'POST',
        target: '/logstores',
        project: 'ops',
        body: { logstoreName: 'app', ttl: 1, shardCount: 1 },
      },
      '400 LogStoreAlreadyExist',
    ],
    [
      'a logstore without shards',
      { method: 'POST', target: '/logstores', project: 'ops', body: { logstoreName: 'b2', ttl: 1 } },
      '400 ParameterInvalid',
    ],
    [
      'a policy that is none',
      { method: 'POST', target: '/policy', project: 'ops', body: {} },
      '400 ParameterInvalid',
    ],
  ])('%s: %#', async (_what, asked, refusal) => {
    await made();
    await store();
    expect(await code(ask(asked))).toBe(refusal);
    expect(cloud.owner.sls.projects.get('ops')?.tags.size).toBe(0);
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

describe('the journal', () => {
  it.each<[name: string, method: string, target: string, project?: string]>([
    ['CreateProject', 'POST', '/'],
    ['ListProject', 'GET', '/'],
    ['GetProject', 'GET', '/', 'ops'],
    ['UpdateProject', 'PUT', '/', 'ops'],
    ['DeleteProject', 'DELETE', '/', 'ops'],
    ['TagResources', 'POST', '/tag'],
    ['UntagResources', 'POST', '/untag'],
    ['ListTagResources', 'GET', '/tags'],
    ['GetProjectPolicy', 'GET', '/policy', 'ops'],
    ['PutProjectPolicy', 'POST', '/policy', 'ops'],
    ['DeleteProjectPolicy', 'DELETE', '/policy', 'ops'],
    ['CreateLogStore', 'POST', '/logstores', 'ops'],
    ['ListLogStores', 'GET', '/logstores', 'ops'],
    ['GetLogStore', 'GET', '/logstores/app', 'ops'],
    ['GetLogs', 'GET', '/logstores/app?from=0&to=1', 'ops'],
    ['UpdateLogStore', 'PUT', '/logstores/app', 'ops'],
    ['DeleteLogStore', 'DELETE', '/logstores/app', 'ops'],
    ['ListShards', 'GET', '/logstores/app/shards', 'ops'],
    ['GetLogStoreMeteringMode', 'GET', '/logstores/app/meteringmode', 'ops'],
    ['UpdateLogStoreMeteringMode', 'PUT', '/logstores/app/meteringmode', 'ops'],
    ['CreateIndex', 'POST', '/logstores/app/index', 'ops'],
    ['GetIndex', 'GET', '/logstores/app/index', 'ops'],
    ['UpdateIndex', 'PUT', '/logstores/app/index', 'ops'],
    ['DeleteIndex', 'DELETE', '/logstores/app/index', 'ops'],
  ])('has %s, and who was refused it', async (operation, method, target, project) => {
    const { keys } = addUser(cloud.owner, 'nobody');
    expect(await code(ask({ method, target, keys, ...(project === undefined ? {} : { project }) }))).toBe(
      '401 Unauthorized',
    );
    expect(cloud.world.journal.calls).toMatchObject([
      { service: 'sls', operation, kind: method === 'GET' ? 'read' : 'write', status: 401 },
    ]);
  });
});
