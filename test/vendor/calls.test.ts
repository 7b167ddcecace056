import { describe, expect, it } from 'vitest';
import type { instanceSchema } from '../../cli/register/instance-file.ts';
import { Api } from '../../shared/alicloud/api.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { dms } from '../../shared/alicloud/dms.ts';
import { refusalOfWrite } from '../../shared/alicloud/lindorm.ts';
import { prober } from '../../shared/alicloud/prober.ts';
import { ramInstaller } from '../../shared/alicloud/ram-installer.ts';
import { ramLister } from '../../shared/alicloud/ram-lister.ts';
import { ramReader } from '../../shared/alicloud/ram-reader.ts';
import { ramUsage } from '../../shared/alicloud/ram-usage.ts';
import { ramWriter } from '../../shared/alicloud/ram-writer.ts';
import { openSession } from '../../shared/alicloud/session.ts';
import { sts } from '../../shared/alicloud/sts.ts';
import { DMS_ACTIONS, RAM_ACTIONS, STS_ACTIONS } from '../../shared/alicloud/vendor-actions.ts';
import { CATALOGUE, type DocumentId } from '../../shared/catalogue/catalogue.ts';
import type { Operation } from '../../shared/ports.ts';
import { millis, systemClock } from '../../shared/runtime/clock.ts';
import { callFaults, type SentCall } from './judge-calls.ts';
import { declaredOf } from './operations.ts';
import { recorder } from './recorder.ts';

const REGION = 'cn-hangzhou';
const CREDENTIALS = new Credentials({ accessKeyId: 'x', accessKeySecret: 'x' }, millis(0));
const DOCUMENT = { Statement: [{ Action: 'x:Y', Effect: 'Allow', Resource: '*' }], Version: '1' } as const;
const TAGS = new Map([['managed-by', 'dms-handshake']]);

const apiOf = (endpoint: string): Api =>
  new Api({
    clock: systemClock,
    random: () => 0,
    deadline: millis(systemClock.now() + 60_000),
    credentials: CREDENTIALS,
    endpoint,
  });

const at = { target: 'r', reason: 'x' } as const;
const policy = { name: 'p', type: 'Custom' } as const;
const WRITES: Readonly<Record<Operation['operation'], Operation>> = {
  'create-role': { ...at, operation: 'create-role', trust: DOCUMENT, tags: TAGS },
  'update-trust': { ...at, operation: 'update-trust', trust: DOCUMENT },
  'tag-role': { ...at, operation: 'tag-role', tags: TAGS },
  'untag-role': { ...at, operation: 'untag-role', keys: ['managed-by'] },
  'create-policy': { ...at, operation: 'create-policy', document: DOCUMENT },
  'create-policy-version': { ...at, operation: 'create-policy-version', document: DOCUMENT },
  'attach-policy': { ...at, operation: 'attach-policy', policy },
  'detach-policy': { ...at, operation: 'detach-policy', policy },
  'delete-role': { ...at, operation: 'delete-role' },
  'delete-policy': { ...at, operation: 'delete-policy' },
};

/** Every parameter that an instance file can hold. */
const INSTANCE: Readonly<Record<keyof typeof instanceSchema.shape, string>> = {
  ...{ Host: 'h', Port: '1', Sid: 's', InstanceType: 'redis', InstanceAlias: 'a', InstanceSource: 'RDS' },
  ...{ NetworkType: 'VPC', EnvType: 'dev', EcsRegion: REGION, DatabaseUser: 'u', QueryTimeout: '60' },
  ...{ ExportTimeout: '600', EnableSellTrust: 'Y', EnableSellCommon: 'N', EnableSellSitd: 'N' },
  ...{ EnableSellStable: 'N', SafeRule: 's', VpcId: 'v', EcsInstanceId: 'e', DbaId: '1' },
  ...{ DataLinkName: 'd', DdlOnline: '0', UseDsql: '0', UseSsl: '0', SkipTest: 'true' },
  ...{ TemplateId: '1', TemplateType: 't', Tid: '1' },
};

/** Makes every call of RAM, STS and DMS that functions, command line and client have, and answers what went out. */
async function everyCall(): Promise<readonly SentCall[]> {
  const { url, calls } = await recorder();
  const api = apiOf(url);
  const reader = ramReader(api);
  await Promise.all([reader.role('r'), reader.roleTags('r'), reader.policyTags('p'), reader.policy('p')]);
  await reader.attachedPolicies('r');
  const lister = ramLister(api);
  for (const all of [lister.roles(), lister.allRoles(), lister.policies()]) for await (const _one of all);
  await ramUsage(api);
  for (const write of Object.values(WRITES)) await ramWriter(api).apply('r', write);
  const installer = ramInstaller(api);
  await installer.roles();
  await installer.createRole('r', 'why', DOCUMENT);
  await installer.updateTrust('r', DOCUMENT);
  await installer.createPolicy('p', 'why', DOCUMENT);
  await installer.updatePolicy('p', DOCUMENT);
  await installer.attach('r');
  await installer.detach('r');
  await installer.tagRole('r', TAGS);
  await installer.deleteRole('r');
  await installer.deletePolicy('p');
  await sts(api, REGION).accountId();
  const wish = { roleArn: 'acs:ram::1:role/r', sessionName: 's', externalId: 'e', sessionPolicy: DOCUMENT };
  await openSession(api, REGION, wish);
  await openSession(api, REGION, { ...wish, externalId: null, sessionPolicy: null });
  const client = dms(api, REGION);
  await client.instance({ host: 'h', port: 1, sid: 's' });
  await client.reach();
  await client.dba();
  await client.add({ ...INSTANCE, RoleArn: 'acs:ram::1:role/r', DatabasePassword: 'x' });
  await client.remove({ host: 'h', port: 1, sid: 's' });
  await client.sync('1');
  return calls;
}

async function everyProbe(): Promise<readonly SentCall[]> {
  const found: SentCall[] = [];
  for (const id of Object.keys(CATALOGUE) as DocumentId[]) {
    const { url, calls } = await recorder(() => CATALOGUE[id].probe.product.toLowerCase());
    const answer = await prober(() => apiOf(url), REGION).probe(id, CREDENTIALS);
    expect(answer.kind).toBe('answered');
    found.push(...calls);
  }
  const { url, calls } = await recorder(() => 'hitsdb');
  await refusalOfWrite(apiOf(url), REGION, 'ld-1');
  return [...found, ...calls];
}

describe('every call that we make', () => {
  it('of RAM, STS and DMS is as the vendor’s metadata has it', async () => {
    const calls = await everyCall();
    expect(calls.flatMap(callFaults)).toEqual([]);
    const made = new Set(calls.map(({ product, action }) => `${product} ${action}`));
    expect([...made].sort()).toEqual(
      [
        ...RAM_ACTIONS.map((action) => `ram ${action}`),
        ...STS_ACTIONS.map((action) => `sts ${action}`),
        ...DMS_ACTIONS.map((action) => `dms-enterprise ${action}`),
      ].sort(),
    );
  });

  it('of an engine is as the vendor’s metadata has it, where it has the product', async () => {
    const calls = await everyProbe();
    expect(calls.flatMap(callFaults)).toEqual([]);
    const without = calls.filter(({ product, version }) => declaredOf(product, version) === null);
    // Named in docs/explain as beliefs: for these there is no public data.
    expect(without.map(({ product, version }) => `${product} ${version}`).sort()).toEqual([
      'clickhouse 2019-11-11',
      'gdb 2019-09-03',
      'selectdb 2023-05-22',
    ]);
  });

  it('the password of a database is in no URL', async () => {
    const [add] = (await everyCall()).filter(({ action }) => action === 'AddInstance');
    expect(add?.query).toEqual({});
    expect(add?.form['DatabasePassword']).toBe('x');
  });
});

describe('a call that is not as the vendor has it is named', () => {
  const call = (over: Partial<SentCall>): SentCall => ({
    product: 'drds',
    version: '2019-01-23',
    action: 'DescribeDrdsInstances',
    method: 'POST',
    path: '/',
    query: { RegionId: REGION },
    form: {},
    json: null,
    headers: {},
    host: {},
    ...over,
  });
  const oceanbase = { product: 'oceanbasepro', version: '2019-09-01', action: 'DescribeInstances' };
  it.each<[what: string, seeded: Partial<SentCall>, named: string]>([
    ['an operation', { action: 'DescribeDrds' }, 'drds DescribeDrds: no operation of 2019-01-23'],
    ['a missing parameter', { query: {} }, 'drds DescribeDrdsInstances: RegionId is missing'],
    [
      'a parameter that there is not',
      { query: { RegionId: REGION, Region: 'x' } },
      'drds DescribeDrdsInstances: no parameter Region',
    ],
    [
      'a parameter of the query in the body',
      { query: {}, form: { RegionId: REGION } },
      'drds DescribeDrdsInstances: RegionId in Body, the vendor has it in Query',
    ],
    [
      'a parameter of the body in the query',
      { ...oceanbase, query: { PageSize: '1' } },
      'oceanbasepro DescribeInstances: PageSize in Query, the vendor has it in Body',
    ],
    [
      'a type',
      { query: { RegionId: REGION, PageSize: 'ten' } },
      'drds DescribeDrdsInstances: PageSize is no Integer',
    ],
    [
      'a path',
      { product: 'hologram', version: '2022-06-01', action: 'ListInstances', path: '/', query: {} },
      'hologram ListInstances: / is not /api/v1/instances',
    ],
  ])('%s', (_what, seeded, named) => {
    expect(callFaults(call(seeded))).toEqual([named]);
  });
});
