import type { PolicyStatement } from '../caller.ts';

/** Name, description, statements. */
type Row = readonly [name: string, description: string, ...statements: PolicyStatement[]];

const allow = (Action: string | readonly string[], Resource = '*'): PolicyStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

const linkedRole = (service: string): PolicyStatement => ({
  ...allow('ram:CreateServiceLinkedRole'),
  Condition: { StringEquals: { 'ram:ServiceName': service } },
});

const reads = (service: string, ...verbs: string[]): string[] => verbs.map((verb) => `${service}:${verb}*`);
const monitoring = [
  'cms:QueryMetricLast',
  'cms:DescribeMetricLast',
  'cms:DescribeMetricListFromProxy',
  'cms:DescribeConsoleViews',
  'cms:DescribeMetricMetaList',
  'cms:DescribePersonalConfig',
];
const supported = ['Get', 'Describe', 'Query', 'Support'] as const;

/**
 * Policies of the field with the statements of their pages ("Aliyun...", RAM developer reference). Those of
 * AliyunRAMFullAccess, AliyunDMSFullAccess and ReadOnlyAccess are shortened to what this cloud has.
 */
export const PUBLISHED: readonly Row[] = [
  ['AdministratorAccess', 'Provides full access to Alibaba Cloud services and resources.', allow('*')],
  [
    'ReadOnlyAccess',
    'Provides read-only access to Alibaba Cloud services and resources.',
    allow(reads('*', 'Describe', 'List', 'Get', 'BatchGet', 'Query', 'Check')),
  ],
  ['AliyunRAMFullAccess', 'Provides full access to Resource Access Management.', allow(['ram:*', 'ims:*'])],
  [
    'AliyunRAMReadOnlyAccess',
    'Provides read-only access to Resource Access Management.',
    allow(['ram:Get*', 'ram:List*', 'ram:GenerateCredentialReport']),
    allow(['accessanalyzer:Get*', 'accessanalyzer:List*']),
  ],
  [
    'AliyunSTSAssumeRoleAccess',
    'Provides access to the AssumeRole operation of STS.',
    allow('sts:AssumeRole'),
  ],
  ['AliyunDMSLoginConsoleAccess', 'Provides access to the DMS console.', allow('dms-console:*')],
  ['AliyunDMSFullAccess', 'Provides full access to Data Management Service.', allow('dms:*')],
  [
    'AliyunDMSReadOnlyAccess',
    'Provides read-only access to Data Management Service.',
    allow(reads('dms', 'Describe', 'List', 'Get', 'Search')),
    allow(reads('hdm', 'Get', 'Describe', 'Query')),
  ],
  ['AliyunMNSFullAccess', 'Provides full access to Message Service.', allow('mns:*')],
  [
    'AliyunMNSReadOnlyAccess',
    'Provides read-only access to Message Service.',
    allow(reads('mns', 'Get', 'Query', 'Desc', 'List')),
  ],
  [
    'AliyunFCFullAccess',
    'Provides full access to Function Compute.',
    allow('fc:*'),
    { ...allow('ram:PassRole'), Condition: { StringEquals: { 'acs:Service': 'fc.aliyuncs.com' } } },
  ],
  [
    'AliyunFCReadOnlyAccess',
    'Provides read-only access to Function Compute.',
    allow(reads('fc', 'Get', 'List')),
  ],
  [
    'AliyunFCInvocationAccess',
    'Provides invocation access to Function Compute.',
    allow(['fc:InvokeFunction']),
  ],
  [
    'AliyunActionTrailReadOnlyAccess',
    'Provides read-only access to ActionTrail.',
    allow(reads('actiontrail', 'Lookup', 'Describe', 'Get', 'Check', 'List')),
  ],
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
];
