import { describe, expect, it } from 'vitest';
import type { PolicyStatement } from '../../../../local/cloud/caller.ts';
import { engineOperations } from '../../../../local/cloud/engines/index.ts';
import { answer } from '../../../../local/cloud/http/answer.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addUser, twoAccounts } from '../../../kit/two-accounts.ts';
import { callApi, type GenericCall, refused } from '../http/clients.ts';
import { opened, services } from '../http/setup.ts';
import { acs3 } from '../signature/sign.ts';

const query = { RegionId: 'cn-hangzhou' };

/** Each call as a probe makes it, the RAM action as the engine's permission document spells it, and where its list is. */
const engines: { engine: string; call: GenericCall; action: string; list: string; needsRegion: boolean }[] = [
  {
    engine: 'redis',
    call: { version: '2015-01-01', action: 'DescribeInstances', query },
    action: 'kvstore:DescribeInstances',
    list: 'Instances',
    needsRegion: false,
  },
  {
    engine: 'polardbx1',
    call: { version: '2019-01-23', action: 'DescribeDrdsInstances', query },
    action: 'drds:DescribeDrdsInstances',
    list: 'Instances',
    needsRegion: true,
  },
  {
    engine: 'polardbx2',
    call: { version: '2020-02-02', action: 'DescribeDBInstances', query },
    action: 'polardbx:DescribeDBInstances',
    list: 'DBInstances',
    needsRegion: true,
  },
  {
    engine: 'oceanbase',
    call: { version: '2019-09-01', action: 'DescribeInstances', form: { PageSize: '1' } },
    action: 'oceanbase:DescribeInstances',
    list: 'Instances',
    needsRegion: false,
  },
  {
    engine: 'lindorm',
    call: { version: '2020-06-15', action: 'GetLindormInstanceList', query },
    action: 'lindorm:GetLindormInstanceList',
    list: 'InstanceList',
    needsRegion: false,
  },
  {
    engine: 'hologres',
    call: {
      version: '2022-06-01',
      action: 'ListInstances',
      style: 'ROA',
      pathname: '/api/v1/instances',
      json: {},
    },
    action: 'hologram:ListInstances',
    list: 'InstanceList',
    needsRegion: false,
  },
  {
    engine: 'gdb',
    call: { version: '2019-09-03', action: 'DescribeDBInstances', query },
    action: 'gdb:DescribeDbInstances',
    list: 'Items',
    needsRegion: true,
  },
  {
    engine: 'selectdb',
    call: { version: '2023-05-22', action: 'DescribeDBInstances', query },
    action: 'selectdb:DescribeDBInstances',
    list: 'Items',
    // It does; but without one the door takes the call for ClickHouse's, which does not.
    needsRegion: false,
  },
  {
    engine: 'clickhouse',
    call: { version: '2023-05-22', action: 'DescribeDBInstances', query },
    action: 'clickhouse:DescribeDBInstances',
    list: 'Data',
    needsRegion: false,
  },
  {
    engine: 'clickhouse, community',
    call: { version: '2019-11-11', action: 'DescribeDBClusters', query },
    action: 'clickhouse:DescribeDBClusters',
    list: 'DBClusters',
    needsRegion: true,
  },
  {
    engine: 'vpc',
    call: { version: '2016-04-28', action: 'DescribeVpcs', query },
    action: 'vpc:DescribeVpcs',
    list: 'Vpcs',
    needsRegion: true,
  },
];

/** How the vendor's products say that a right is missing. */
const REFUSALS =
  /^(NoPermission|Forbidden|Forbidden\.RAM|Forb[ei]dden\.NotSupportRAM|Forbbiden|Forbbiden\.SubUser|RAM\.Permission\.Denied|UnauthorizedOperation|OperationDenied\.NoPermission)$/;

const allow = (...Action: string[]): PolicyStatement => ({ Effect: 'Allow', Action, Resource: '*' });

it('the table names every operation', () => {
  const declared = engineOperations
    .filter(({ kind }) => kind === 'read')
    .map((o) => `${o.version} ${o.name}`)
    .sort();
  expect(engines.map(({ call }) => `${call.version} ${call.action}`).sort()).toEqual(declared);
});

describe.each(engines)('$engine', ({ call, action, list }) => {
  it('answers who has the right of its permission document', async () => {
    const { door, keys, world } = await opened({ rights: [allow(action)] });
    const body = await callApi(door, keys, call);
    expect(body[list]).toBeTypeOf('object');
    expect(world.journal.calls).toMatchObject([
      { operation: call.action, kind: 'read', accountId: OWNER, status: 200 },
    ]);
  });

  it('refuses who has only other rights', async () => {
    const { door, keys, world } = await opened({ rights: [allow('ram:*', `${action}X`)] });
    await callApi(door, keys, call).catch(() => undefined);
    expect(world.journal.calls[0]?.code).toMatch(REFUSALS);
  });

  it("a right on the service's resources of the account is enough, of another region is not", async () => {
    const [service] = action.split(':');
    const outcome = async (region: string) => {
      const right = { ...allow(action), Resource: `acs:${service}:${region}:${OWNER}:*` };
      const { door, keys, world } = await opened({ rights: [right] });
      await callApi(door, keys, call).catch(() => undefined);
      return world.journal.calls[0]?.code;
    };
    expect(await outcome('cn-hangzhou')).toBeNull();
    expect(await outcome('cn-beijing')).toMatch(REFUSALS);
  });
});

it.each(engines.filter((e) => e.needsRegion))('$engine asks for the region', async ({ call }) => {
  const { door, keys } = await opened();
  const { query: _region, ...bare } = call;
  expect(await refused(callApi(door, keys, bare))).toBe('400 MissingParameter');
});

describe('SelectDB and ClickHouse share a version and a name', () => {
  const headers = (host: string) => ({
    host,
    'x-acs-action': 'DescribeDBInstances',
    'x-acs-version': '2023-05-22',
  });
  const ask = async (host: string, ...rights: string[]) => {
    const { world, clock, owner } = twoAccounts(new TestClock());
    const { keys } = addUser(owner, 'someone', allow(...rights));
    const request = acs3(keys, clock.now(), { target: '/?RegionId=cn-hangzhou', headers: headers(host) });
    const { status, body } = await answer(world, owner, services, request);
    const [call] = world.journal.calls;
    return { status, body: String(body), service: call?.service, refused: call?.code !== null };
  };

  it.each([
    ['selectdb.aliyuncs.com', 'selectdb', 'clickhouse'],
    ['clickhouse.aliyuncs.com', 'clickhouse', 'selectdb'],
  ])("the vendor's host %s means one", async (host, meant, other) => {
    expect(await ask(host, `${meant}:*`)).toMatchObject({ refused: false, service: meant });
    expect(await ask(host, `${other}:*`)).toMatchObject({ refused: true, service: meant });
  });

  it('another vendor host means neither', async () => {
    expect((await ask('redis.cn-hangzhou.aliyuncs.com', '*')).status).toBe(404);
  });

  it('the one host of the door means what the caller may do', async () => {
    const host = '127.0.0.1:80';
    expect((await ask(host, 'selectdb:*')).body).toContain('"Items"');
    expect((await ask(host, 'clickhouse:*')).body).toContain('"Data"');
    expect(await ask(host, 'ram:*')).toMatchObject({
      refused: true,
      service: 'selectdb|clickhouse',
    });
  });
});

it('UpdateInstanceIpWhiteList of Lindorm is authorised for one instance', async () => {
  const { door, owner } = await opened();
  const { keys } = addUser(owner, 'someone', {
    Effect: 'Allow',
    Action: 'lindorm:UpdateInstanceIpWhiteList',
    Resource: 'acs:lindorm:*:*:instance/ld-1',
  });
  const ask = (InstanceId: string) =>
    refused(
      callApi(door, keys, {
        version: '2020-06-15',
        action: 'UpdateInstanceIpWhiteList',
        query: { InstanceId, SecurityIpList: '127.0.0.1' },
      }),
    );
  expect(await ask('ld-1')).toBe('404 Instance.NotFound');
  expect(await ask('ld-2')).toMatch(/^(403 Forbbiden|400 Forbidden)$/);
});
