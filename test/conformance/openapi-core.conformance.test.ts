import { describe, expect, it } from 'vitest';
import { callApi, type GenericCall } from './clients.ts';
import { refused } from './refused.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const region = { RegionId: cloud.region };

/** A read of every engine, as the vendor's generic client makes it. Which fields an answer has beside the list differs. */
const reads: (GenericCall & { list: string })[] = [
  {
    service: 'r-kvstore',
    version: '2015-01-01',
    action: 'DescribeInstances',
    query: region,
    list: 'Instances',
  },
  {
    service: 'drds',
    version: '2019-01-23',
    action: 'DescribeDrdsInstances',
    query: region,
    list: 'Instances',
  },
  {
    service: 'polardbx',
    version: '2020-02-02',
    action: 'DescribeDBInstances',
    query: region,
    list: 'DBInstances',
  },
  {
    service: 'oceanbasepro',
    version: '2019-09-01',
    action: 'DescribeInstances',
    form: {},
    list: 'Instances',
  },
  {
    service: 'hitsdb',
    version: '2020-06-15',
    action: 'GetLindormInstanceList',
    query: region,
    list: 'InstanceList',
  },
  {
    service: 'hologram',
    version: '2022-06-01',
    action: 'ListInstances',
    style: 'ROA',
    pathname: '/api/v1/instances',
    json: {},
    list: 'InstanceList',
  },
  { service: 'gdb-api', version: '2019-09-03', action: 'DescribeDBInstances', query: region, list: 'Items' },
  { service: 'selectdb', version: '2023-05-22', action: 'DescribeDBInstances', query: region, list: 'Items' },
  {
    service: 'clickhouse',
    version: '2019-11-11',
    action: 'DescribeDBClusters',
    query: region,
    list: 'DBClusters',
  },
  { service: 'vpc', version: '2016-04-28', action: 'DescribeVpcs', query: region, list: 'Vpcs' },
];

describe('a read of each engine', () => {
  it.each(reads)('$service $action', async ({ list, ...call }) => {
    const body = await callApi(cloud, call);
    expect(body).toHaveProperty(list);
    expect(body).toHaveProperty('RequestId');
  });

  it.each(reads)('$service $action with a wrong secret', async ({ list, ...call }) => {
    const keys = { ...cloud.keys, accessKeySecret: 'guessed' };
    expect(await refused(callApi(cloud, call, keys))).toMatch(/^4\d\d SignatureDoesNotMatch/);
  });
});

describe('the gateway', () => {
  const get: GenericCall = { service: 'ram', version: '2015-05-01', action: 'GetPolicy' };
  const which = { PolicyName: 'AdministratorAccess', PolicyType: 'System' };

  it('takes parameters from the query and from a form', async () => {
    const [byQuery, byForm] = [
      await callApi(cloud, { ...get, query: which }),
      await callApi(cloud, { ...get, form: which }),
    ];
    expect(byForm['DefaultPolicyVersion']).toEqual(byQuery['DefaultPolicyVersion']);
  });

  it('refuses what it does not know', async () => {
    const action = { service: 'ram', version: '2015-05-01', action: 'MakeTea' };
    expect(await refused(callApi(cloud, action))).toMatch(/^4\d\d (InvalidAction\.NotFound|InvalidAction)/);
    expect(await refused(callApi(cloud, { ...get, version: '2001-01-01', query: which }))).toMatch(
      /^4\d\d (InvalidVersion|InvalidAction\.NotFound)/,
    );
  });

  it('says which parameter is missing', async () => {
    const missing: unknown = await callApi(cloud, get).catch((error: unknown) => error);
    expect(missing).toMatchObject({ code: expect.stringMatching(/Missing|Invalid/) });
    expect(String(missing)).toMatch(/Policy(Name|Type)/);
  });
});

it('DMS Enterprise lists instances, and does not find what is not there', async () => {
  const dms = { service: 'dms-enterprise', version: '2018-11-01' };
  const body = await callApi(cloud, { ...dms, action: 'ListInstances', form: { PageSize: '1' } });
  expect(body).toMatchObject({ Success: true, TotalCount: expect.any(Number) });
  const form = { Host: `${cloud.name('none')}.mysql.rds.aliyuncs.com`, Port: '3306' };
  expect(await refused(callApi(cloud, { ...dms, action: 'GetInstance', form }))).toMatch(
    /^4\d\d InstanceNoEnoughNumber/,
  );
});
