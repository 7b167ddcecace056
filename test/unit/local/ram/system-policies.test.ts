import { expect, it } from 'vitest';
import { parsePermissionDocument } from '../../../../local/cloud/ram/documents.ts';
import { systemPolicies } from '../../../../local/cloud/ram/system-policies.ts';
import { at, listAt, ramOf } from './ram.ts';

const get = (PolicyName: string) => ramOf().call('GetPolicy', { PolicyName, PolicyType: 'System' });

const documentOf = (PolicyName: string): unknown =>
  JSON.parse(String(at(get(PolicyName), 'DefaultPolicyVersion', 'PolicyDocument')));

it.each([...systemPolicies.values()].map((policy) => [policy.name, policy] as const))(
  '%s has a document that RAM would take',
  (_name, { versions: [version] }) => {
    const text = version?.document ?? '';
    expect(parsePermissionDocument(text, 6144, 'PolicyDocument')).toEqual(version?.parsed);
  },
);

it.each([
  ['AliyunFCInvocationAccess', ['fc:InvokeFunction']],
  ['AliyunMNSReadOnlyAccess', ['mns:Get*', 'mns:Query*', 'mns:Desc*', 'mns:List*']],
  ['AliyunDMSLoginConsoleAccess', 'dms-console:*'],
  ['AliyunSTSAssumeRoleAccess', 'sts:AssumeRole'],
  ['AliyunOSSReadOnlyAccess', ['oss:Get*', 'oss:List*']],
  ['AliyunOceanBaseReadOnlyAccess', ['oceanbase:Describe*']],
  ['AliyunGDBReadOnlyAccess', 'gdb:Describe*'],
  [
    'AliyunClickHouseReadOnlyAccess',
    ['clickhouse:Describe*', 'clickhouse:Get*', 'clickhouse:List*', 'clickhouse:Check*'],
  ],
  [
    'AliyunSelectDBReadOnlyAccess',
    ['selectdb:Describe*', 'selectdb:Get*', 'selectdb:List*', 'selectdb:Check*'],
  ],
])('%s says what its page says', (name, action) => {
  expect(documentOf(name)).toEqual({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
  });
  expect(String(at(get(name), 'Policy', 'Description'))).not.toContain('Derived');
});

it.each([
  [
    'AliyunLindormReadOnlyAccess',
    ['lindorm:Describe*', 'lindorm:Explore*', 'lindorm:List*', 'lindorm:Get*', 'lindorm:Check*'],
  ],
  ['AliyunLindormFullAccess', 'lindorm:*'],
  ['AliyunDRDSReadOnlyAccess', ['drds:Describe*', 'polardbx:Describe*', 'polardbx:Check*']],
  ['AliyunGDBFullAccess', 'gdb:*'],
  ['AliyunSelectDBFullAccess', 'selectdb:*'],
])('%s says what its page says, beside what the console needs', (name, action) => {
  expect(documentOf(name)).toMatchObject({
    Statement: expect.arrayContaining([{ Effect: 'Allow', Action: action, Resource: '*' }]),
  });
  expect(String(at(get(name), 'Policy', 'Description'))).not.toContain('Derived');
});

it.each([
  ['AliyunOSSFullAccess', 'oss:*'],
  ['AliyunLogReadOnlyAccess', ['log:Describe*', 'log:Get*', 'log:List*', 'log:Query*', 'log:Check*']],
  ['AliyunCloudMonitorFullAccess', 'cms:*'],
])('%s follows the pattern of names, and says that it is derived', (name, action) => {
  expect(documentOf(name)).toMatchObject({ Statement: [{ Effect: 'Allow', Action: action }] });
  expect(String(at(get(name), 'Policy', 'Description'))).toContain('Derived by the local cloud');
});

it('one that is derived is attached, counted and detached like every other, and not listed', () => {
  const ram = ramOf();
  ram.call('CreateUser', { UserName: 'u' });
  const of = { UserName: 'u', PolicyName: 'AliyunOSSFullAccess', PolicyType: 'System' };
  ram.call('AttachPolicyToUser', of);
  expect(ram.refusal('AttachPolicyToUser', { ...of, PolicyName: 'aliyunossfullaccess' })).toBe(
    '409 EntityAlreadyExists.User.Policy',
  );
  expect(listAt(ram.call('ListPoliciesForUser', { UserName: 'u' }), 'Policies', 'Policy')).toMatchObject([
    { PolicyName: 'AliyunOSSFullAccess', PolicyType: 'System' },
  ]);
  const found = ram.call('GetPolicy', { PolicyName: 'AliyunOSSFullAccess', PolicyType: 'System' });
  expect(at(found, 'Policy', 'AttachmentCount')).toBe(1);
  expect(JSON.stringify(ram.call('ListPolicies', { PolicyType: 'System' }))).not.toContain('AliyunOSSFull');
  ram.call('DetachPolicyFromUser', of);
  expect(listAt(ram.call('ListPoliciesForUser', { UserName: 'u' }), 'Policies', 'Policy')).toEqual([]);
});

it.each(['AliyunFullAccess', 'AliyunOSSAccess', 'OSSFullAccess', 'Aliyun_FullAccess'])(
  '%s follows no pattern and does not exist',
  (PolicyName) => {
    expect(ramOf().refusal('GetPolicy', { PolicyName, PolicyType: 'System' })).toMatch(
      /^40[04] (EntityNotExist\.Policy|InvalidParameter)/,
    );
  },
);
