import { allow, linkedRole, type Row, reads } from './policy-rows.ts';

const monitoring = [
  'cms:QueryMetricLast',
  'cms:DescribeMetricLast',
  'cms:DescribeMetricListFromProxy',
  'cms:DescribeConsoleViews',
  'cms:DescribeMetricMetaList',
  'cms:DescribePersonalConfig',
];
const supported = ['Get', 'Describe', 'Query', 'Support'] as const;
const LINDORM_DASHBOARDS = [
  'arms:CheckServiceStatus',
  'arms:ListDashboards',
  'arms:OpenArmsServiceSecondVersion',
];

/**
 * Policies of engines, each with the statements of its page ("Aliyun...", RAM developer reference). Of PolarDB-X, OceanBase
 * and ClickHouse the page of full access was not at hand: that is derived, as for any other product.
 */
export const PUBLISHED_ENGINES: readonly Row[] = [
  [
    'AliyunKvstoreFullAccess',
    'Provides full access to Tair (Redis OSS-compatible).',
    allow('kvstore:*'),
    allow('hdm:*', 'acs:kvstore:*:*:*'),
    linkedRole('r-kvstore.aliyuncs.com'),
  ],
  [
    'AliyunKvstoreReadOnlyAccess',
    'Provides read-only access to Tair (Redis OSS-compatible).',
    allow('kvstore:Describe*'),
    allow(reads('hdm', ...supported), 'acs:kvstore:*:*:*'),
  ],
  [
    'AliyunHologresFullAccess',
    'Provides full access to Hologres.',
    allow(['hologram:*', 'cms:DescribeMetricList', 'cms:QueryMetricList']),
    allow(monitoring),
  ],
  [
    'AliyunHologresReadOnlyAccess',
    'Provides read-only access to Hologres.',
    allow([
      ...reads('hologram', 'Get', 'List', 'Describe'),
      'hologram:HoloWebAccess',
      'cms:DescribeMetricList',
      'cms:QueryMetricList',
    ]),
    allow(monitoring),
  ],
  [
    'AliyunRDSReadOnlyAccess',
    'Provides read-only access to ApsaraDB RDS.',
    allow('rds:Describe*'),
    allow(reads('hdm', ...supported), 'acs:rds:*:*:*'),
    allow(reads('dbs', ...supported), 'acs:rds:*:*:*'),
  ],
  [
    'AliyunPolardbFullAccess',
    'Provides full access to PolarDB.',
    allow('polardb:*'),
    allow('hdm:*', 'acs:polardb:*:*:*'),
    allow('dbs:*', 'acs:polardb:*:*:*'),
    allow(['vpc:DescribeVpcs', 'vpc:DescribeVSwitches']),
    allow('dms:LoginDatabase', 'acs:polardb:*:*:*'),
    allow('bss:ModifyAgreementRecord'),
    linkedRole('polardb.aliyuncs.com'),
  ],
  [
    'AliyunPolardbReadOnlyAccess',
    'Provides read-only access to PolarDB.',
    allow('polardb:Describe*'),
    allow(reads('dbs', ...supported), 'acs:polardb:*:*:*'),
    allow(reads('hdm', ...supported), 'acs:polardb:*:*:*'),
  ],
  [
    'AliyunLindormFullAccess',
    'Provides full access to Lindorm.',
    allow('lindorm:*'),
    allow('dms-console:LoginConsole'),
    allow(LINDORM_DASHBOARDS),
  ],
  [
    'AliyunLindormReadOnlyAccess',
    'Provides read-only access to Lindorm.',
    allow(reads('lindorm', 'Describe', 'Explore', 'List', 'Get', 'Check')),
    allow('dms-console:LoginConsole'),
    allow(LINDORM_DASHBOARDS),
  ],
  [
    'AliyunDRDSReadOnlyAccess',
    'Provides read-only access to PolarDB-X (DRDS).',
    allow(['drds:Describe*', 'polardbx:Describe*', 'polardbx:Check*']),
    allow(reads('hdm', ...supported), 'acs:polardbx:*:*:*'),
  ],
  [
    'AliyunOceanBaseReadOnlyAccess',
    'Provides read-only access to ApsaraDB for OceanBase.',
    allow(['oceanbase:Describe*']),
  ],
  [
    'AliyunClickHouseReadOnlyAccess',
    'Provides read-only access to ApsaraDB for ClickHouse.',
    allow(reads('clickhouse', 'Describe', 'Get', 'List', 'Check')),
  ],
  [
    'AliyunGDBFullAccess',
    'Provides full access to Graph Database.',
    allow('gdb:*'),
    linkedRole('gdb.aliyuncs.com'),
  ],
  ['AliyunGDBReadOnlyAccess', 'Provides read-only access to Graph Database.', allow('gdb:Describe*')],
  [
    'AliyunSelectDBFullAccess',
    'Provides full access to ApsaraDB for SelectDB.',
    allow('selectdb:*'),
    linkedRole('selectdb.aliyuncs.com'),
  ],
  [
    'AliyunSelectDBReadOnlyAccess',
    'Provides read-only access to ApsaraDB for SelectDB.',
    allow(reads('selectdb', 'Describe', 'Get', 'List', 'Check')),
  ],
];
