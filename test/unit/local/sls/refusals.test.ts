import { describe, expect, it } from 'vitest';
import { type Asked, slsCloud } from './sls.ts';

const project = 'ops';

async function furnished() {
  const cloud = slsCloud();
  await cloud.made();
  await cloud.store();
  return cloud;
}

const at = (place: `${string} /${string}`, body?: object | string, of: string | null = project): Asked => {
  const [method = '', target = ''] = place.split(' ');
  return { method, target, ...(body === undefined ? {} : { body }), ...(of === null ? {} : { project: of }) };
};
const makeProject = (body: object) => at('POST /', body, null);
const makeStore = (more: object) =>
  at('POST /logstores', { logstoreName: 'db', ttl: 1, shardCount: 1, ...more });
const tag = (more: object) =>
  at('POST /tag', { resourceType: 'project', resourceId: ['ops'], tags: [{ key: 'a' }], ...more }, null);
const untag = (more: object) =>
  at('POST /untag', { resourceType: 'project', resourceId: ['ops'], ...more }, null);

const PROJECT_NAME = 'projectName: 3 to 63 lower-case letters, digits and hyphens';
const STORE_NAME = 'logstoreName: 2 to 63 lower-case letters, digits, hyphens and underscores';
const KIND = 'resourceType: projects alone have tags';
const small = (member: string, least: number) => `${member}: Too small: expected number to be >=${least}`;
const big = (member: string, most: number) => `${member}: Too big: expected number to be <=${most}`;
const long = (member: string, most: number, what = 'string', items = 'characters') =>
  `${member}: Too big: expected ${what} to have <=${most} ${items}`;
const short = (member: string, what = 'string', items = 'characters') =>
  `${member}: Too small: expected ${what} to have >=1 ${items}`;
const other = (member: string, expected: string, received: string) =>
  `${member}: Invalid input: expected ${expected}, received ${received}`;

describe('400 ParameterInvalid', () => {
  it.each<[asked: Asked, message: string]>([
    ...['Ops', 'ab', '-ab', 'ab-', 'a_b', 'a'.repeat(64)].map((projectName): [Asked, string] => [
      makeProject({ projectName }),
      PROJECT_NAME,
    ]),
    [makeProject({ projectName: 'abc', description: 'x'.repeat(65) }), long('description', 64)],
    [makeProject({ projectName: 'abc', resourceGroupId: 1 }), other('resourceGroupId', 'string', 'number')],
    [at('PUT /', {}), other('description', 'string', 'undefined')],
    [at('GET /?offset=-1', undefined, null), small('offset', 0)],
    [at('GET /logstores?size=0'), small('size', 1)],
    [at('GET /logstores?size=501'), big('size', 500)],
    [
      at('POST /policy', {}),
      `${other('Version', 'string', 'undefined')}; ${other('Statement', 'array', 'undefined')}`,
    ],
    [at('POST /policy', { Version: '1', Statement: [1] }), other('Statement.0', 'object', 'number')],
    ...['App', 'a', '-a', 'a-', 'a.b', 'a'.repeat(64)].map((logstoreName): [Asked, string] => [
      makeStore({ logstoreName }),
      STORE_NAME,
    ]),
    [makeStore({ shardCount: undefined }), other('shardCount', 'number', 'undefined')],
    [makeStore({ shardCount: 0 }), small('shardCount', 1)],
    [makeStore({ shardCount: 101 }), big('shardCount', 100)],
    [makeStore({ telemetryType: 1 }), other('telemetryType', 'string', 'number')],
    [at('PUT /logstores/app', {}), other('ttl', 'number', 'undefined')],
    [at('PUT /logstores/app', { ttl: 0 }), small('ttl', 1)],
    [at('PUT /logstores/app', { ttl: 3651 }), big('ttl', 3650)],
    [at('PUT /logstores/app', { ttl: 1, hot_ttl: -1 }), small('hot_ttl', 0)],
    [at('PUT /logstores/app', { ttl: 1, infrequentAccessTTL: -1 }), small('infrequentAccessTTL', 0)],
    [at('PUT /logstores/app', { ttl: 1, maxSplitShard: -1 }), small('maxSplitShard', 0)],
    [at('PUT /logstores/app', { ttl: 1, maxSplitShard: 257 }), big('maxSplitShard', 256)],
    [at('PUT /logstores/app', { ttl: 1, autoSplit: 'no' }), other('autoSplit', 'boolean', 'string')],
    [at('PUT /logstores/app', { ttl: 1, appendMeta: 1 }), other('appendMeta', 'boolean', 'number')],
    [at('PUT /logstores/app', { ttl: 1, enable_tracking: 1 }), other('enable_tracking', 'boolean', 'number')],
    [at('PUT /logstores/app', { ttl: 1, encrypt_conf: 1 }), other('encrypt_conf', 'object', 'number')],
    [
      at('PUT /logstores/app', { ttl: 1, mode: 'fast' }),
      'mode: Invalid option: expected one of "standard"|"query"|"lite"',
    ],
    [
      at('PUT /logstores/app/meteringmode', { meteringMode: 'x' }),
      'meteringMode: Invalid option: expected one of "ChargeByFunction"|"ChargeByDataIngest"',
    ],
    [at('POST /logstores/app/index', { line: {} }), other('line.token', 'array', 'undefined')],
    [at('POST /logstores/app/index', { line: { token: [1] } }), other('line.token.0', 'string', 'number')],
    [at('POST /logstores/app/index', { keys: { message: 1 } }), other('keys.message', 'object', 'number')],
    [at('POST /logstores/app/logs', { from: 0, to: 1 }), 'The header accept-encoding is missing.'],
    [tag({ resourceType: 'logstore' }), KIND],
    [tag({ resourceType: 'projects' }), KIND],
    [tag({ resourceType: 'a-project' }), KIND],
    [tag({ resourceId: [] }), short('resourceId', 'array', 'items')],
    [tag({ resourceId: [''] }), short('resourceId.0')],
    [tag({ resourceId: Array(51).fill('ops') }), long('resourceId', 50, 'array', 'items')],
    [tag({ tags: [] }), short('tags', 'array', 'items')],
    [tag({ tags: Array(21).fill({ key: 'a' }) }), long('tags', 20, 'array', 'items')],
    [tag({ tags: [{ key: '' }] }), short('tags.0.key')],
    [tag({ tags: [{ key: 'x'.repeat(129) }] }), long('tags.0.key', 128)],
    [tag({ tags: [{ key: 'a', value: 'x'.repeat(257) }] }), long('tags.0.value', 256)],
    [untag({ tags: [''] }), short('tags.0')],
    [untag({ all: 'yes' }), other('all', 'boolean', 'string')],
    [at('GET /tags?resourceId=ops&resourceType=project', undefined, null), 'resourceId: no JSON'],
    [
      at('GET /tags?resourceId=[1]&resourceType=project', undefined, null),
      other('resourceId.0', 'string', 'number'),
    ],
    [
      at('GET /tags?resourceType=project&tags=[{}]', undefined, null),
      other('tags.0.key', 'string', 'undefined'),
    ],
    [at('GET /tags?resourceType=logstore', undefined, null), KIND],
  ])('%j: %s', async (asked, errorMessage) => {
    const { ask, owner } = await furnished();
    const before = structuredClone(owner.sls.projects);
    expect(await ask(asked)).toEqual({ status: 400, body: { errorCode: 'ParameterInvalid', errorMessage } });
    expect(owner.sls.projects).toEqual(before);
  });
});

it.each<[status: number, errorCode: string, errorMessage: string, asked: Asked]>([
  [400, 'ProjectAlreadyExist', 'Project ops already exist', makeProject({ projectName: 'ops' })],
  [404, 'ProjectNotExist', 'The Project does not exist : none', at('GET /', undefined, 'none')],
  [404, 'ProjectNotExist', 'The Project does not exist : none', tag({ resourceId: ['ops', 'none'] })],
  [400, 'LogStoreAlreadyExist', 'logstore app already exists', makeStore({ logstoreName: 'app' })],
  [404, 'LogStoreNotExist', 'logstore none does not exist', at('DELETE /logstores/none')],
  [400, 'IndexInfoInvalid', 'An index has a line, or keys.', at('POST /logstores/app/index', {})],
  [404, 'IndexConfigNotExist', 'index config doesnt exist', at('GET /logstores/app/index')],
  [404, 'IndexConfigNotExist', 'index config doesnt exist', at('PUT /logstores/app/index', { keys: {} })],
  [400, 'PostBodyInvalid', 'The body of the request is no JSON object.', at('POST /policy', 'x')],
  [400, 'PostBodyInvalid', 'The body of the request is no JSON object.', at('POST /', '{', null)],
])('%i %s: %s', async (status, errorCode, errorMessage, asked) => {
  const { ask, owner } = await furnished();
  const before = structuredClone(owner.sls.projects);
  expect(await ask(asked)).toEqual({ status, body: { errorCode, errorMessage } });
  expect(owner.sls.projects).toEqual(before);
});

it('an index is made but one time', async () => {
  const { ask } = await furnished();
  const make = at('POST /logstores/app/index', { keys: {} });
  expect(await ask(make)).toEqual({ status: 200, body: null });
  const errorMessage = 'log store index is already created';
  expect(await ask(make)).toEqual({ status: 400, body: { errorCode: 'IndexAlreadyExist', errorMessage } });
});

it.each<[what: string, asked: Asked]>([
  ['a project of three characters', makeProject({ projectName: 'a-1' })],
  ['a project of 63', makeProject({ projectName: 'a'.repeat(63), description: 'x'.repeat(64) })],
  ['a logstore of two characters', makeStore({ logstoreName: 'a1', ttl: 1, shardCount: 1 })],
  ['a logstore of 63', makeStore({ logstoreName: `${'a_-'.repeat(20)}aaa`, ttl: 3650, shardCount: 100 })],
  ['the least of all', makeStore({ hot_ttl: 0, infrequentAccessTTL: 0, maxSplitShard: 0, mode: 'standard' })],
  ['more', makeStore({ hot_ttl: 7, infrequentAccessTTL: 30, maxSplitShard: 256, mode: 'query' })],
  ['the lite mode', makeStore({ mode: 'lite', telemetryType: 'Metrics', encrypt_conf: { enable: true } })],
  ['a charge by function', at('PUT /logstores/app/meteringmode', { meteringMode: 'ChargeByFunction' })],
  ['a page of one', at('GET /logstores?size=1')],
  ['a page of 500', at('GET /logstores?size=500')],
  ['tags of the longest', tag({ tags: [{ key: 'x'.repeat(128), value: 'x'.repeat(256) }] })],
  ['twenty tags', tag({ tags: Array(20).fill({ key: 'a' }), resourceId: Array(50).fill('ops') })],
])('%s is taken', async (_what, asked) => {
  expect((await (await furnished()).ask(asked)).status).toBe(200);
});
