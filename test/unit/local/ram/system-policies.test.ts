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
  ['AliyunOSSFullAccess', 'oss:*'],
  ['AliyunLogReadOnlyAccess', ['log:Describe*', 'log:Get*', 'log:List*', 'log:Query*', 'log:Check*']],
  ['AliyunCloudMonitorFullAccess', 'cms:*'],
])('%s follows the pattern of names, and says that it is derived', (name, action) => {
  expect(documentOf(name)).toEqual({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
  });
  expect(get(name)['Policy']).toEqual({
    PolicyName: name,
    PolicyType: 'System',
    Description: `Derived by the local cloud from the vendor's pattern of names; the vendor's document of ${name} was not at hand and may differ.`,
    DefaultVersion: 'v1',
    CreateDate: '2015-04-28T09:52:37Z',
    UpdateDate: '2015-04-28T09:52:37Z',
    AttachmentCount: 0,
  });
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

it.each([
  'AliyunFullAccess',
  'AliyunOSSAccess',
  'OSSFullAccess',
  'Aliyun_FullAccess',
  'XAliyunOSSFullAccess',
  'AliyunOSSFullAccessX',
])('%s follows no pattern and does not exist', (PolicyName) => {
  expect(ramOf().refusal('GetPolicy', { PolicyName, PolicyType: 'System' })).toMatch(
    /^40[04] (EntityNotExist\.Policy|InvalidParameter)/,
  );
});
