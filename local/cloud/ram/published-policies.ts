import { allow, type Row, reads } from './policy-rows.ts';
import { PUBLISHED_ENGINES } from './published-engine-policies.ts';

/**
 * Policies of the field, each with the statements of its page ("Aliyun...", RAM developer reference), but for these:
 * AliyunRAMFullAccess, AliyunDMSFullAccess and ReadOnlyAccess are shortened to what this cloud has, and of
 * AdministratorAccess and AliyunMNSFullAccess no page with statements was at hand; they say what the vendor's pages tell
 * of them, everything and everything of the queue service. Of AliyunOSSFullAccess and the two of the log there was none
 * either: those are derived.
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
    'AliyunOSSReadOnlyAccess',
    'Provides read-only access to Object Storage Service.',
    allow(reads('oss', 'Get', 'List')),
  ],
  ...PUBLISHED_ENGINES,
];
