import { describe, expect, it } from 'vitest';
import { slsOperations } from '../../../../local/cloud/sls/operations/index.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { addUser } from '../../../kit/two-accounts.ts';
import { type Asked, code, slsCloud } from './sls.ts';

const resourceId = ['ops'];
const APP = 'project/ops/logstore/app';

/** By the vendor's manual: the place, what the right is needed to, the action where it is not `log:<name>`, the body. */
const OPERATIONS: readonly (readonly [
  name: string,
  place: `${string} /${string}`,
  resource: string,
  more?: { readonly action?: string; readonly body?: object; readonly root?: true },
])[] = [
  ['CreateProject', 'POST /', 'project/dev', { root: true, body: { projectName: 'dev' } }],
  ['ListProject', 'GET /', 'project/*', { root: true }],
  ['TagResources', 'POST /tag', 'project/ops', { root: true, body: { resourceId } }],
  ['UntagResources', 'POST /untag', 'project/ops', { root: true, body: { resourceId } }],
  ['ListTagResources', 'GET /tags?resourceType=project', 'project/*', { root: true }],
  ['GetProject', 'GET /', 'project/ops'],
  ['UpdateProject', 'PUT /', 'project/ops', { body: { description: '' } }],
  ['GetProjectPolicy', 'GET /policy', 'project/ops'],
  ['PutProjectPolicy', 'POST /policy', 'project/ops', { body: { Version: '1', Statement: [] } }],
  ['DeleteProjectPolicy', 'DELETE /policy', 'project/ops'],
  ['CreateLogStore', 'POST /logstores', 'project/ops/logstore/db', { body: { logstoreName: 'db' } }],
  ['ListLogStores', 'GET /logstores', 'project/ops/logstore/*'],
  ['GetLogStore', 'GET /logstores/app', APP],
  ['GetLogs', 'GET /logstores/app?from=0&to=1', APP, { action: 'log:GetLogStoreLogs' }],
  ['GetLogsV2', 'POST /logstores/app/logs', APP, { action: 'log:GetLogStoreLogs' }],
  ['UpdateLogStore', 'PUT /logstores/app', APP],
  ['ListShards', 'GET /logstores/app/shards', APP],
  ['GetLogStoreMeteringMode', 'GET /logstores/app/meteringmode', APP],
  ['UpdateLogStoreMeteringMode', 'PUT /logstores/app/meteringmode', APP],
  ['CreateIndex', 'POST /logstores/app/index', APP],
  ['GetIndex', 'GET /logstores/app/index', APP],
  ['UpdateIndex', 'PUT /logstores/app/index', APP],
  ['DeleteIndex', 'DELETE /logstores/app/index', APP],
  ['DeleteLogStore', 'DELETE /logstores/app', APP],
  ['DeleteProject', 'DELETE /', 'project/ops'],
];

function askedOf([
  name,
  place,
  resource,
  { body, root, action = `log:${name}` } = {},
]: (typeof OPERATIONS)[number]) {
  const [method = '', target = ''] = place.split(' ');
  const headers = { 'accept-encoding': 'lz4' };
  const alone: Asked = { method, target, headers, ...(body === undefined ? {} : { body }) };
  return { alone, asked: root === true ? alone : { ...alone, project: 'ops' }, action, resource };
}

it('the table has every operation', () => {
  expect(OPERATIONS.map(([name]) => name).sort()).toEqual(slsOperations.map(({ name }) => name).sort());
});

describe.each(OPERATIONS)('%s at %s', (...row) => {
  const [name] = row;
  const { asked, action, resource } = askedOf(row);

  it('needs its own right on its own resource, and the journal has who was refused it', async () => {
    const cloud = slsCloud();
    await cloud.made();
    await cloud.store();
    let users = 0;
    const as = (Action: string, on: string) => {
      users += 1;
      const Resource = `acs:log:cn-hangzhou:${OWNER}:${on}`;
      const { keys } = addUser(cloud.owner, `user-${users}`, { Effect: 'Allow', Action, Resource });
      return cloud.ask({ ...asked, keys });
    };
    for (const refused of [as('log:Tag', '*'), as(action, 'project/other'), as(action, `${resource}x`)])
      expect(await refused).toEqual({
        status: 401,
        body: {
          errorCode: 'Unauthorized',
          errorMessage: `denied by sts or ram, action: ${action}, resource: acs:log:cn-hangzhou:${OWNER}:${resource}`,
        },
      });
    expect(cloud.world.journal.calls.at(-1)).toMatchObject({
      service: 'sls',
      operation: name,
      kind: /^(Get|List)/.test(name) ? 'read' : 'write',
      status: 401,
    });
    expect((await as(action, resource)).status).not.toBe(401);
  });
});

/** Without a project these two are others: ListProject, and GetLogStore with a query. */
const ELSEWHERE = ['GetProject', 'GetLogs'];

it.each(OPERATIONS.filter(([name, , , { root } = {}]) => root !== true && !ELSEWHERE.includes(name)))(
  '%s at %s says that it needs its project',
  async (...row) => {
    expect(await slsCloud().ask(askedOf(row).alone)).toEqual({
      status: 404,
      body: {
        errorCode: 'InvalidAPIVersion',
        errorMessage: `${row[0]} needs a project: put it before the host, <project>.<host>, or before the path, /sls/<project>.`,
      },
    });
  },
);

it('a right to every project that is named is needed, and to all where none is', async () => {
  const { ask, owner, made } = slsCloud();
  await made();
  const { keys } = addUser(owner, 'tagger', {
    Effect: 'Allow',
    Action: 'log:*',
    Resource: 'acs:log:*:*:project/ops',
  });
  const tag = (names: unknown) =>
    code(ask({ method: 'POST', target: '/tag', body: { resourceType: 'project', resourceId: names }, keys }));
  expect([await tag(['ops']), await tag(['ops', 'dev']), await tag([]), await tag('ops')]).toEqual([
    '400 ParameterInvalid',
    '401 Unauthorized',
    '401 Unauthorized',
    '401 Unauthorized',
  ]);
});
