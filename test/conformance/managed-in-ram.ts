import { expect } from 'vitest';
import type { Managed } from './managed.ts';
import type { RpcStep } from './steps.ts';
import type { Conformance } from './target.ts';

const ram = (action: string, form: RpcStep['form']): RpcStep => ({ service: 'ram', action, form });

const PERMISSION =
  '{ "Version": "1", "Statement": [ { "Effect": "Allow", "Action": ["fc:Get*"], "Resource": ["*"] } ] }';
const TRUST =
  '{ "Statement": [ { "Action": "sts:AssumeRole", "Effect": "Allow", "Principal": { "Service": ["fc.aliyuncs.com"] } } ], "Version": "1" }';

/** In an order in which each finds what it needs; they are taken away in the reverse one. */
export function managedInRam(cloud: Conformance): readonly Managed[] {
  const [UserName, GroupName, RoleName, PolicyName] = ['tf-user', 'tf-group', 'tf-role', 'tf-policy'].map(
    (what) => cloud.name(what),
  ) as [string, string, string, string];
  const policy = { PolicyName, PolicyType: 'Custom' };
  const user = { DisplayName: 'Terra', Comments: 'c' };
  return [
    {
      resource: 'alicloud_ram_user',
      create: ram('CreateUser', { UserName, ...user }),
      read: ram('GetUser', { UserName }),
      at: ['User'],
      shows: { UserName, ...user },
      update: ram('UpdateUser', { UserName, NewUserName: UserName, NewDisplayName: '', NewComments: 'd' }),
      updated: { UserName, DisplayName: '', Comments: 'd' },
      remove: ram('DeleteUser', { UserName }),
      gone: 'EntityNotExist.User',
    },
    {
      resource: 'alicloud_ram_user without anything but a name',
      create: ram('CreateUser', { UserName: `${UserName}-2` }),
      read: ram('GetUser', { UserName: `${UserName}-2` }),
      at: ['User'],
      shows: { UserName: `${UserName}-2`, DisplayName: '', Comments: '' },
      remove: ram('DeleteUser', { UserName: `${UserName}-2` }),
      gone: 'EntityNotExist.User',
    },
    {
      resource: 'alicloud_ram_group',
      create: ram('CreateGroup', { GroupName, Comments: 'c' }),
      read: ram('GetGroup', { GroupName }),
      at: ['Group'],
      shows: { GroupName, Comments: 'c' },
      update: ram('UpdateGroup', { GroupName, NewComments: 'd' }),
      updated: { GroupName, Comments: 'd' },
      remove: ram('DeleteGroup', { GroupName }),
      gone: 'EntityNotExist.Group',
    },
    {
      resource: 'alicloud_ram_user_group_attachment',
      create: ram('AddUserToGroup', { UserName, GroupName }),
      read: ram('ListUsersForGroup', { GroupName }),
      at: ['Users', 'User'],
      shows: { UserName },
      remove: ram('RemoveUserFromGroup', { UserName, GroupName }),
      gone: null,
    },
    {
      resource: 'alicloud_ram_policy',
      create: ram('CreatePolicy', {
        PolicyName,
        PolicyDocument: PERMISSION,
        Description: 'd',
        Tag: '[{"Key":"k","Value":"v"}]',
      }),
      read: ram('GetPolicy', policy),
      alsoReads: [
        ram('ListTagResources', { ResourceType: 'policy', ResourceNames: JSON.stringify([PolicyName]) }),
      ],
      at: [],
      shows: {
        Policy: expect.objectContaining({ ...policy, Description: 'd', AttachmentCount: 0 }),
        DefaultPolicyVersion: expect.objectContaining({ PolicyDocument: PERMISSION, VersionId: 'v1' }),
      },
      update: ram('UpdatePolicyDescription', { PolicyName, NewDescription: 'e' }),
      updated: { Policy: expect.objectContaining({ ...policy, Description: 'e' }) },
      remove: ram('DeletePolicy', { PolicyName }),
      gone: 'EntityNotExist.Policy',
    },
    {
      resource: 'alicloud_ram_role',
      create: ram('CreateRole', {
        RoleName,
        AssumeRolePolicyDocument: TRUST,
        Description: 'd',
        MaxSessionDuration: '7200',
        Tag: '[{"Key":"k","Value":"v"}]',
      }),
      read: ram('GetRole', { RoleName }),
      alsoReads: [
        ram('ListTagResources', { ResourceType: 'role', ResourceNames: JSON.stringify([RoleName]) }),
      ],
      at: ['Role'],
      shows: { RoleName, AssumeRolePolicyDocument: TRUST, Description: 'd', MaxSessionDuration: 7200 },
      update: ram('UpdateRole', { RoleName, NewDescription: '', NewMaxSessionDuration: '3600' }),
      updated: { RoleName, AssumeRolePolicyDocument: TRUST, Description: '', MaxSessionDuration: 3600 },
      remove: ram('DeleteRole', { RoleName }),
      gone: 'EntityNotExist.Role',
    },
    {
      resource: 'tags of alicloud_ram_role',
      create: ram('TagResources', {
        ResourceType: 'role',
        ResourceNames: JSON.stringify([RoleName]),
        Tag: '[{"Key":"l","Value":"w"}]',
      }),
      read: ram('ListTagResources', { ResourceType: 'role', ResourceNames: JSON.stringify([RoleName]) }),
      at: ['TagResources'],
      shows: { TagKey: 'l', TagValue: 'w' },
      remove: ram('UntagResources', {
        ResourceType: 'role',
        ResourceNames: JSON.stringify([RoleName]),
        TagKeys: '["l"]',
      }),
      gone: null,
    },
    ...(['Role', 'User', 'Group'] as const).map((kind): Managed => {
      const holder = { [`${kind}Name`]: { Role: RoleName, User: UserName, Group: GroupName }[kind] };
      return {
        resource: `alicloud_ram_${kind.toLowerCase()}_policy_attachment`,
        create: ram(`AttachPolicyTo${kind}`, { ...policy, ...holder }),
        read: ram(`ListPoliciesFor${kind}`, holder),
        at: ['Policies', 'Policy'],
        shows: policy,
        remove: ram(`DetachPolicyFrom${kind}`, { ...policy, ...holder }),
        gone: null,
      };
    }),
  ];
}
