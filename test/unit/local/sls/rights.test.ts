import { describe, expect, it } from 'vitest';
import { slsOperations } from '../../../../local/cloud/sls/operations/index.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { addUser } from '../../../kit/two-accounts.ts';
import { type Asked, slsCloud } from './sls.ts';

const resourceId = ['ops'];
const APP = 'project/ops/logstore/app';

interface Row {
  readonly name: string;
  readonly place: `${string} /${string}`;
  /** What the right is needed to. */
  readonly resource: string;
  /** Where it is not `log:<name>`. */
  readonly action?: string;
  readonly body?: object;
  /** Asked without a project. */
  readonly root?: true;
}

/** By the vendor's manual. */
const OPERATIONS: readonly Row[] = [
  {
    name: 'CreateProject',
    place: 'POST /',
    resource: 'project/dev',
    root: true,
    body: { projectName: 'dev' },
  },
  { name: 'ListProject', place: 'GET /', resource: 'project/*', root: true },
  { name: 'TagResources', place: 'POST /tag', resource: 'project/ops', root: true, body: { resourceId } },
  { name: 'UntagResources', place: 'POST /untag', resource: 'project/ops', root: true, body: { resourceId } },
  { name: 'ListTagResources', place: 'GET /tags?resourceType=project', resource: 'project/*', root: true },
  { name: 'GetProject', place: 'GET /', resource: 'project/ops' },
  { name: 'UpdateProject', place: 'PUT /', resource: 'project/ops', body: { description: '' } },
  { name: 'GetProjectPolicy', place: 'GET /policy', resource: 'project/ops' },
  {
    name: 'PutProjectPolicy',
    place: 'POST /policy',
    resource: 'project/ops',
    body: { Version: '1', Statement: [] },
  },
  { name: 'DeleteProjectPolicy', place: 'DELETE /policy', resource: 'project/ops' },
  {
    name: 'CreateLogStore',
    place: 'POST /logstores',
    resource: 'project/ops/logstore/db',
    body: { logstoreName: 'db' },
  },
  { name: 'ListLogStores', place: 'GET /logstores', resource: 'project/ops/logstore/*' },
  { name: 'GetLogStore', place: 'GET /logstores/app', resource: APP },
  { name: 'GetLogs', place: 'GET /logstores/app?from=0&to=1', resource: APP, action: 'log:GetLogStoreLogs' },
  { name: 'GetLogsV2', place: 'POST /logstores/app/logs', resource: APP, action: 'log:GetLogStoreLogs' },
  { name: 'UpdateLogStore', place: 'PUT /logstores/app', resource: APP },
  { name: 'ListShards', place: 'GET /logstores/app/shards', resource: APP },
  { name: 'GetLogStoreMeteringMode', place: 'GET /logstores/app/meteringmode', resource: APP },
  { name: 'UpdateLogStoreMeteringMode', place: 'PUT /logstores/app/meteringmode', resource: APP },
  { name: 'CreateIndex', place: 'POST /logstores/app/index', resource: APP },
  { name: 'GetIndex', place: 'GET /logstores/app/index', resource: APP },
  { name: 'UpdateIndex', place: 'PUT /logstores/app/index', resource: APP },
  { name: 'DeleteIndex', place: 'DELETE /logstores/app/index', resource: APP },
  { name: 'DeleteLogStore', place: 'DELETE /logstores/app', resource: APP },
  { name: 'DeleteProject', place: 'DELETE /', resource: 'project/ops' },
];

/** The request, without its project and with it. */
function askedOf({ place, body, root }: Row) {
  const [method = '', target = ''] = place.split(' ');
  const headers = { 'accept-encoding': 'lz4' };
  const alone: Asked = { method, target, headers, ...(body === undefined ? {} : { body }) };
  return { alone, asked: root === true ? alone : { ...alone, project: 'ops' } };
}

it('the table has every operation', () => {
  expect(OPERATIONS.map(({ name }) => name).sort()).toEqual(slsOperations.map(({ name }) => name).sort());
});

describe.each(OPERATIONS)('$name at $place', (row) => {
  const { name, resource, action = `log:${name}` } = row;
  const { asked } = askedOf(row);

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

it.each(OPERATIONS.filter(({ name, root }) => root !== true && !ELSEWHERE.includes(name)))(
  '$name at $place says that it needs its project',
  async (row) => {
    expect(await slsCloud().ask(askedOf(row).alone)).toEqual({
      status: 404,
      body: {
        errorCode: 'InvalidAPIVersion',
        errorMessage: `${row.name} needs a project: put it before the host, <project>.<host>, or before the path, /sls/<project>.`,
      },
    });
  },
);

it('a right to every project that is named is needed, and to all where none is', async () => {
  const { ask, owner, made } = slsCloud();
  await made();
  const Resource = 'acs:log:*:*:project/ops';
  const { keys } = addUser(owner, 'tagger', { Effect: 'Allow', Action: 'log:*', Resource });
  const tag = async (resourceId: unknown) =>
    (await ask({ method: 'POST', target: '/tag', body: { resourceType: 'project', resourceId }, keys })).body;
  expect(await tag(['ops'])).toMatchObject({ errorCode: 'ParameterInvalid' });
  for (const [names, resource] of [
    [['ops', 'dev'], 'project/dev'],
    [[], 'project/*'],
    ['ops', 'project/*'],
  ] as const)
    expect(await tag(names)).toEqual({
      errorCode: 'Unauthorized',
      errorMessage: `denied by sts or ram, action: log:TagResources, resource: acs:log:cn-hangzhou:${OWNER}:${resource}`,
    });
});
