import { expect } from 'vitest';
import type { Conformance } from './target.ts';

/** A resource as the vendor's Terraform provider manages it: the calls, and what it reads back of what it wrote. */
export interface Managed {
  /** The provider's name for it. */
  readonly resource: string;
  readonly create: Step;
  readonly read: Step;
  /** Where in the answer of `read` the provider looks; of a list, the element that has these fields. */
  readonly at: readonly string[];
  readonly shows: Readonly<Record<string, unknown>>;
  readonly update?: Step;
  /** What is shown after the update. */
  readonly updated?: Readonly<Record<string, unknown>>;
  readonly remove: Step;
}

export interface Step {
  readonly service: 'ram' | 'mns-open' | 'dms-enterprise';
  readonly action: string;
  readonly form: Readonly<Record<string, string>>;
}

const ram = (action: string, form: Step['form']): Step => ({ service: 'ram', action, form });

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
    },
    {
      resource: 'alicloud_ram_user without anything but a name',
      create: ram('CreateUser', { UserName: `${UserName}-2` }),
      read: ram('GetUser', { UserName: `${UserName}-2` }),
      at: ['User'],
      shows: { UserName: `${UserName}-2`, DisplayName: '', Comments: '' },
      remove: ram('DeleteUser', { UserName: `${UserName}-2` }),
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
    },
    {
      resource: 'alicloud_ram_user_group_attachment',
      create: ram('AddUserToGroup', { UserName, GroupName }),
      read: ram('ListUsersForGroup', { GroupName }),
      at: ['Users', 'User'],
      shows: { UserName },
      remove: ram('RemoveUserFromGroup', { UserName, GroupName }),
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
      at: [],
      shows: {
        Policy: expect.objectContaining({ ...policy, Description: 'd', AttachmentCount: 0 }),
        DefaultPolicyVersion: expect.objectContaining({ PolicyDocument: PERMISSION, VersionId: 'v1' }),
      },
      update: ram('UpdatePolicyDescription', { PolicyName, NewDescription: 'e' }),
      updated: { Policy: expect.objectContaining({ ...policy, Description: 'e' }) },
      remove: ram('DeletePolicy', { PolicyName }),
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
      at: ['Role'],
      shows: { RoleName, AssumeRolePolicyDocument: TRUST, Description: 'd', MaxSessionDuration: 7200 },
      update: ram('UpdateRole', { RoleName, NewDescription: '', NewMaxSessionDuration: '3600' }),
      updated: { RoleName, AssumeRolePolicyDocument: TRUST, Description: '', MaxSessionDuration: 3600 },
      remove: ram('DeleteRole', { RoleName }),
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
      };
    }),
  ];
}
