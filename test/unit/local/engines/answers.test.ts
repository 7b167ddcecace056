import { expect, it } from 'vitest';
import { engineOperations } from '../../../../local/cloud/engines/index.ts';
import { answer } from '../../../../local/cloud/http/answer.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addUser, everything, twoAccounts } from '../../../kit/two-accounts.ts';
import { services } from '../http/setup.ts';
import { acs3 } from '../signature/sign.ts';

const page = { PageNumber: 1, PageSize: 30 };

/** By host, as the vendor has an empty list; `region`: whether the parameter is needed. */
const ENGINES: readonly (readonly [
  host: string,
  version: string,
  name: string,
  region: boolean,
  body: object,
])[] = [
  [
    'r-kvstore',
    '2015-01-01',
    'DescribeInstances',
    false,
    { ...page, Instances: { KVStoreInstance: [] }, TotalCount: 0 },
  ],
  [
    'drds',
    '2019-01-23',
    'DescribeDrdsInstances',
    true,
    { ...page, Success: true, Instances: { Instance: [] }, Total: 0 },
  ],
  ['polardbx', '2020-02-02', 'DescribeDBInstances', true, { ...page, DBInstances: [], TotalNumber: 0 }],
  ['oceanbasepro', '2019-09-01', 'DescribeInstances', false, { Instances: [], TotalCount: 0 }],
  [
    'hitsdb',
    '2020-06-15',
    'GetLindormInstanceList',
    false,
    { InstanceList: [], PageNumber: 1, PageSize: 10, Total: 0 },
  ],
  [
    'hologram',
    '2022-06-01',
    'ListInstances',
    false,
    { Success: 'true', HttpStatusCode: '200', InstanceList: [] },
  ],
  [
    'gdb-api',
    '2019-09-03',
    'DescribeDBInstances',
    true,
    { Items: { DBInstance: [] }, PageNumber: 1, PageRecordCount: 0, TotalRecordCount: 0 },
  ],
  ['selectdb', '2023-05-22', 'DescribeDBInstances', true, { ...page, Items: [], TotalRecordCount: 0 }],
  [
    'clickhouse',
    '2023-05-22',
    'DescribeDBInstances',
    false,
    { Data: { ...page, DBInstances: [], TotalCount: 0 } },
  ],
  [
    'clickhouse',
    '2019-11-11',
    'DescribeDBClusters',
    true,
    { ...page, DBClusters: { DBCluster: [] }, TotalCount: 0 },
  ],
  [
    'vpc',
    '2016-04-28',
    'DescribeVpcs',
    true,
    {
      Vpcs: {
        Vpc: [
          {
            VpcId: `vpc-${OWNER}`,
            VpcName: 'default',
            RegionId: 'cn-hangzhou',
            CidrBlock: '172.16.0.0/12',
            IsDefault: true,
            Status: 'Available',
            OwnerId: Number(OWNER),
          },
        ],
      },
      PageNumber: 1,
      PageSize: 10,
      TotalCount: 1,
    },
  ],
];

const ask = async (host: string, version: string, action: string, query = '', rights = everything) => {
  const { world, clock, owner } = twoAccounts(new TestClock());
  const { keys } = addUser(owner, 'someone', rights);
  const headers = {
    // These two share a version and a name.
    host: /^(selectdb|clickhouse)$/.test(host) ? `${host}.aliyuncs.com` : '127.0.0.1:80',
    'x-acs-action': action,
    'x-acs-version': version,
  };
  const target = `${host === 'hologram' ? '/api/v1/instances' : '/'}${query}`;
  const { status, body } = await answer(world, owner, services, acs3(keys, clock.now(), { target, headers }));
  return { status, body: JSON.parse(String(body)), called: world.journal.calls.at(-1) };
};

it('every operation names its page', () => {
  for (const { name, page } of engineOperations) expect(page).toMatch(new RegExp(`^\\w.*, ${name}$`));
});

it('the table has every read', () => {
  const named = engineOperations.filter(({ kind }) => kind === 'read').map((o) => `${o.service} ${o.name}`);
  expect(ENGINES.map(([host, , name]) => `${host} ${name}`).sort()).toEqual(named.sort());
});

it.each(ENGINES)(
  '%s %s %s answers as the vendor has it (region needed: %s)',
  async (host, version, name, region, body) => {
    const given = await ask(host, version, name, '?RegionId=cn-hangzhou');
    expect(given).toMatchObject({ status: 200, called: { service: host, operation: name } });
    expect(given.body).toEqual({ RequestId: expect.any(String), ...body });
    const bare = await ask(host, version, name);
    expect(bare).toMatchObject(
      region
        ? { status: 400, body: { Message: 'The parameter RegionId is mandatory for this action.' } }
        : { status: 200, body },
    );
  },
);

it('a right to one region is one to the region that is asked for, and without to that of the host', async () => {
  const allowed = async (query: string, region: string) => {
    const Resource = `acs:kvstore:${region}:${OWNER}:*`;
    const rights = { Effect: 'Allow', Action: 'kvstore:*', Resource } as const;
    return (await ask('r-kvstore', '2015-01-01', 'DescribeInstances', query, rights)).status === 200;
  };
  expect(await allowed('?RegionId=cn-beijing', 'cn-beijing')).toBe(true);
  expect(await allowed('?RegionId=cn-beijing', 'cn-hangzhou')).toBe(false);
  expect(await allowed('', 'cn-hangzhou')).toBe(true);
});

it.each([
  ['', 400, 'The parameter InstanceId is mandatory for this action.'],
  ['?InstanceId=ld-1', 400, 'The parameter SecurityIpList is mandatory for this action.'],
  [
    '?InstanceId=ld-1&SecurityIpList=1.1.1.1&Delete=x',
    400,
    'The parameter Delete is not valid: Invalid option: expected one of "true"|"1"|"yes"|"on"|"y"|"enabled"|"false"|"0"|"no"|"off"|"n"|"disabled"',
  ],
  ['?InstanceId=ld-1&SecurityIpList=1.1.1.1', 404, 'There is no instance ld-1.'],
  ['?Delete=true&GroupName=g&InstanceId=ld-1&SecurityIpList=1.1.1.1', 404, 'There is no instance ld-1.'],
])('UpdateInstanceIpWhiteList%s: %i %s', async (query, status, Message) => {
  const asked = await ask('hitsdb', '2020-06-15', 'UpdateInstanceIpWhiteList', query);
  expect(asked).toMatchObject({ status, body: { Message } });
});
