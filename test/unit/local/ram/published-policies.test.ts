import { expect, it } from 'vitest';
import { systemPolicies } from '../../../../local/cloud/ram/system-policies.ts';

const LINKED = 'Allow ram:CreateServiceLinkedRole if ram:ServiceName is';
const HDM = 'Allow hdm:Get* hdm:Describe* hdm:Query* hdm:Support* on';
const DBS = 'Allow dbs:Get* dbs:Describe* dbs:Query* dbs:Support* on';
const MONITORING =
  'Allow cms:QueryMetricLast cms:DescribeMetricLast cms:DescribeMetricListFromProxy cms:DescribeConsoleViews cms:DescribeMetricMetaList cms:DescribePersonalConfig';
const DASHBOARDS = 'Allow arms:CheckServiceStatus arms:ListDashboards arms:OpenArmsServiceSecondVersion';

/** Name, description, and what each statement of the page says; no `on`: on everything. */
const PAGES: readonly (readonly [name: string, description: string, ...statements: string[]])[] = [
  ['AdministratorAccess', 'full access to Alibaba Cloud services and resources', 'Allow *'],
  [
    'ReadOnlyAccess',
    'read-only access to Alibaba Cloud services and resources',
    'Allow *:Describe* *:List* *:Get* *:BatchGet* *:Query* *:Check*',
  ],
  ['AliyunRAMFullAccess', 'full access to Resource Access Management', 'Allow ram:* ims:*'],
  [
    'AliyunRAMReadOnlyAccess',
    'read-only access to Resource Access Management',
    'Allow ram:Get* ram:List* ram:GenerateCredentialReport',
    'Allow accessanalyzer:Get* accessanalyzer:List*',
  ],
  ['AliyunSTSAssumeRoleAccess', 'access to the AssumeRole operation of STS', 'Allow sts:AssumeRole'],
  ['AliyunDMSLoginConsoleAccess', 'access to the DMS console', 'Allow dms-console:*'],
  ['AliyunDMSFullAccess', 'full access to Data Management Service', 'Allow dms:*'],
  [
    'AliyunDMSReadOnlyAccess',
    'read-only access to Data Management Service',
    'Allow dms:Describe* dms:List* dms:Get* dms:Search*',
    'Allow hdm:Get* hdm:Describe* hdm:Query*',
  ],
  ['AliyunMNSFullAccess', 'full access to Message Service', 'Allow mns:*'],
  [
    'AliyunMNSReadOnlyAccess',
    'read-only access to Message Service',
    'Allow mns:Get* mns:Query* mns:Desc* mns:List*',
  ],
  [
    'AliyunFCFullAccess',
    'full access to Function Compute',
    'Allow fc:*',
    'Allow ram:PassRole if acs:Service is fc.aliyuncs.com',
  ],
  ['AliyunFCReadOnlyAccess', 'read-only access to Function Compute', 'Allow fc:Get* fc:List*'],
  ['AliyunFCInvocationAccess', 'invocation access to Function Compute', 'Allow fc:InvokeFunction'],
  [
    'AliyunActionTrailReadOnlyAccess',
    'read-only access to ActionTrail',
    'Allow actiontrail:Lookup* actiontrail:Describe* actiontrail:Get* actiontrail:Check* actiontrail:List*',
  ],
  ['AliyunOSSReadOnlyAccess', 'read-only access to Object Storage Service', 'Allow oss:Get* oss:List*'],
  [
    'AliyunKvstoreFullAccess',
    'full access to Tair (Redis OSS-compatible)',
    'Allow kvstore:*',
    'Allow hdm:* on acs:kvstore:*:*:*',
    `${LINKED} r-kvstore.aliyuncs.com`,
  ],
  [
    'AliyunKvstoreReadOnlyAccess',
    'read-only access to Tair (Redis OSS-compatible)',
    'Allow kvstore:Describe*',
    `${HDM} acs:kvstore:*:*:*`,
  ],
  [
    'AliyunHologresFullAccess',
    'full access to Hologres',
    'Allow hologram:* cms:DescribeMetricList cms:QueryMetricList',
    MONITORING,
  ],
  [
    'AliyunHologresReadOnlyAccess',
    'read-only access to Hologres',
    'Allow hologram:Get* hologram:List* hologram:Describe* hologram:HoloWebAccess cms:DescribeMetricList cms:QueryMetricList',
    MONITORING,
  ],
  [
    'AliyunRDSReadOnlyAccess',
    'read-only access to ApsaraDB RDS',
    'Allow rds:Describe*',
    `${HDM} acs:rds:*:*:*`,
    `${DBS} acs:rds:*:*:*`,
  ],
  [
    'AliyunPolardbFullAccess',
    'full access to PolarDB',
    'Allow polardb:*',
    'Allow hdm:* on acs:polardb:*:*:*',
    'Allow dbs:* on acs:polardb:*:*:*',
    'Allow vpc:DescribeVpcs vpc:DescribeVSwitches',
    'Allow dms:LoginDatabase on acs:polardb:*:*:*',
    'Allow bss:ModifyAgreementRecord',
    `${LINKED} polardb.aliyuncs.com`,
  ],
  [
    'AliyunPolardbReadOnlyAccess',
    'read-only access to PolarDB',
    'Allow polardb:Describe*',
    `${DBS} acs:polardb:*:*:*`,
    `${HDM} acs:polardb:*:*:*`,
  ],
  [
    'AliyunLindormFullAccess',
    'full access to Lindorm',
    'Allow lindorm:*',
    'Allow dms-console:LoginConsole',
    DASHBOARDS,
  ],
  [
    'AliyunLindormReadOnlyAccess',
    'read-only access to Lindorm',
    'Allow lindorm:Describe* lindorm:Explore* lindorm:List* lindorm:Get* lindorm:Check*',
    'Allow dms-console:LoginConsole',
    DASHBOARDS,
  ],
  [
    'AliyunDRDSReadOnlyAccess',
    'read-only access to PolarDB-X (DRDS)',
    'Allow drds:Describe* polardbx:Describe* polardbx:Check*',
    `${HDM} acs:polardbx:*:*:*`,
  ],
  [
    'AliyunOceanBaseReadOnlyAccess',
    'read-only access to ApsaraDB for OceanBase',
    'Allow oceanbase:Describe*',
  ],
  [
    'AliyunClickHouseReadOnlyAccess',
    'read-only access to ApsaraDB for ClickHouse',
    'Allow clickhouse:Describe* clickhouse:Get* clickhouse:List* clickhouse:Check*',
  ],
  ['AliyunGDBFullAccess', 'full access to Graph Database', 'Allow gdb:*', `${LINKED} gdb.aliyuncs.com`],
  ['AliyunGDBReadOnlyAccess', 'read-only access to Graph Database', 'Allow gdb:Describe*'],
  [
    'AliyunSelectDBFullAccess',
    'full access to ApsaraDB for SelectDB',
    'Allow selectdb:*',
    `${LINKED} selectdb.aliyuncs.com`,
  ],
  [
    'AliyunSelectDBReadOnlyAccess',
    'read-only access to ApsaraDB for SelectDB',
    'Allow selectdb:Describe* selectdb:Get* selectdb:List* selectdb:Check*',
  ],
];

it('the policies of the vendor say what their pages say', () => {
  const known = [...systemPolicies.values()].map(({ name, description, versions: [version] }) => [
    name,
    description,
    ...(version?.parsed.Statement ?? []).map(({ Effect, Action, Resource, Condition }) => {
      const of = Resource === '*' ? '' : ` on ${String(Resource)}`;
      const [key, value] = Object.entries(Condition?.['StringEquals'] ?? {})[0] ?? [];
      return `${Effect} ${[Action].flat().join(' ')}${of}${key === undefined ? '' : ` if ${key} is ${String(value)}`}`;
    }),
  ]);
  expect(known).toEqual(
    PAGES.map(([name, description, ...statements]) => [name, `Provides ${description}.`, ...statements]),
  );
});
