import { describe, expect, it } from 'vitest';
import { ramOperations } from '../../../../local/cloud/ram/index.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { dmsTrust, ramOf, redis } from './ram.ts';

const at = (relative: string) => `acs:ram:*:${OWNER}:${relative}`;
const policy = { PolicyName: 'p', PolicyType: 'Custom' };
const system = { PolicyName: 'ReadOnlyAccess', PolicyType: 'System' };

const scopes: [string, Record<string, string>, string[]][] = [
  ['CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: dmsTrust }, [at('role/r')]],
  ['GetRole', { RoleName: 'r' }, [at('role/r')]],
  ['UpdateRole', { RoleName: 'r' }, [at('role/r')]],
  ['ListRoles', {}, [at('role/*')]],
  ['DeleteRole', { RoleName: 'r' }, [at('role/r')]],
  ['CreatePolicy', { PolicyName: 'p', PolicyDocument: redis }, [at('policy/p')]],
  ['GetPolicy', policy, [at('policy/p')]],
  ['GetPolicy', system, ['acs:ram:*:system:policy/ReadOnlyAccess']],
  ['ListPolicies', {}, [at('policy/*')]],
  ['CreatePolicyVersion', { PolicyName: 'p', PolicyDocument: redis }, [at('policy/p')]],
  ['GetPolicyVersion', { ...policy, VersionId: 'v1' }, [at('policy/p')]],
  ['ListPolicyVersions', policy, [at('policy/p')]],
  ['DeletePolicyVersion', { PolicyName: 'p', VersionId: 'v1' }, [at('policy/p')]],
  ['SetDefaultPolicyVersion', { PolicyName: 'p', VersionId: 'v1' }, [at('policy/p')]],
  ['DeletePolicy', { PolicyName: 'p' }, [at('policy/p')]],
  ['AttachPolicyToRole', { ...policy, RoleName: 'r' }, [at('policy/p'), at('role/r')]],
  [
    'AttachPolicyToRole',
    { ...system, RoleName: 'r' },
    ['acs:ram:*:system:policy/ReadOnlyAccess', at('role/r')],
  ],
  ['DetachPolicyFromRole', { ...policy, RoleName: 'r' }, [at('policy/p'), at('role/r')]],
  ['ListPoliciesForRole', { RoleName: 'r' }, [at('role/r')]],
  ['ListEntitiesForPolicy', policy, [at('policy/p')]],
  ['TagResources', { ResourceType: 'role', 'ResourceName.1': 'r', 'Tag.1.Key': 'k' }, ['*']],
  ['UntagResources', { ResourceType: 'role', 'ResourceName.1': 'r', All: 'true' }, ['*']],
  ['ListTagResources', { ResourceType: 'role' }, ['*']],
  ['CreateUser', { UserName: 'u' }, [at('user/u')]],
  ['GetUser', { UserName: 'u' }, [at('user/u')]],
  ['ListUsers', {}, [at('user/*')]],
  ['DeleteUser', { UserName: 'u' }, [at('user/u')]],
  ['CreateAccessKey', { UserName: 'u' }, [at('user/u')]],
  ['CreateAccessKey', {}, [at('user/admin')]],
  ['ListAccessKeys', { UserName: 'u' }, [at('user/u')]],
  ['UpdateAccessKey', { UserName: 'u', UserAccessKeyId: 'x', Status: 'Active' }, [at('user/u')]],
  ['DeleteAccessKey', { UserName: 'u', UserAccessKeyId: 'x' }, [at('user/u')]],
  ['AttachPolicyToUser', { ...policy, UserName: 'u' }, [at('policy/p'), at('user/u')]],
  ['DetachPolicyFromUser', { ...policy, UserName: 'u' }, [at('policy/p'), at('user/u')]],
  ['ListPoliciesForUser', { UserName: 'u' }, [at('user/u')]],
  ['UpdateUser', { UserName: 'u', NewUserName: 'v' }, [at('user/u')]],
  ['UpdatePolicyDescription', { PolicyName: 'p', NewDescription: 'd' }, [at('policy/p')]],
  ['CreateGroup', { GroupName: 'g' }, [at('group/g')]],
  ['GetGroup', { GroupName: 'g' }, [at('group/g')]],
  ['UpdateGroup', { GroupName: 'g', NewGroupName: 'h' }, [at('group/g')]],
  ['DeleteGroup', { GroupName: 'g' }, [at('group/g')]],
  ['ListGroups', {}, [at('group/*')]],
  ['AddUserToGroup', { UserName: 'u', GroupName: 'g' }, [at('user/u'), at('group/g')]],
  ['RemoveUserFromGroup', { UserName: 'u', GroupName: 'g' }, [at('user/u'), at('group/g')]],
  ['ListUsersForGroup', { GroupName: 'g' }, [at('group/g')]],
  ['ListGroupsForUser', { UserName: 'u' }, [at('user/u')]],
  ['AttachPolicyToGroup', { ...policy, GroupName: 'g' }, [at('policy/p'), at('group/g')]],
  ['DetachPolicyFromGroup', { ...policy, GroupName: 'g' }, [at('policy/p'), at('group/g')]],
  ['ListPoliciesForGroup', { GroupName: 'g' }, [at('group/g')]],
  ['GetAccessKeyLastUsed', { UserName: 'u', UserAccessKeyId: 'x' }, [at('user/u')]],
  ['DeleteLoginProfile', { UserName: 'u' }, [at('user/u')]],
  ['UnbindMFADevice', { UserName: 'u' }, [at('user/u')]],
  ['DecodeDiagnosticMessage', { EncodedDiagnosticMessage: 'x' }, ['*']],
];

describe('the rights that an operation needs', () => {
  it.each(scopes)('%s %j', (name, input, resources) => {
    const expected = resources.map((resource) => ({ action: `ram:${name}`, resource }));
    expect(ramOf().permission(name, input)).toEqual(expected);
  });

  it('are stated here for every operation', () => {
    expect(new Set(scopes.map(([name]) => name))).toEqual(new Set(ramOperations.map((o) => o.name)));
  });

  it('are about the role as it is named, however the caller spells it', () => {
    const ram = ramOf();
    ram.call('CreateRole', { RoleName: 'Admin', AssumeRolePolicyDocument: dmsTrust });
    ram.call('CreateUser', { UserName: 'Root' });
    ram.call('CreatePolicy', { PolicyName: 'Big', PolicyDocument: redis });
    expect(ram.permission('DeleteRole', { RoleName: 'aDMIN' })).toEqual([
      { action: 'ram:DeleteRole', resource: at('role/Admin') },
    ]);
    expect(
      ram.permission('AttachPolicyToUser', { UserName: 'ROOT', PolicyName: 'BIG', PolicyType: 'Custom' }),
    ).toEqual([
      { action: 'ram:AttachPolicyToUser', resource: at('policy/Big') },
      { action: 'ram:AttachPolicyToUser', resource: at('user/Root') },
    ]);
  });
});

it('operations have unique names, one version, and the reads are those that get, list and decode', () => {
  expect(new Set(ramOperations.map((o) => o.name)).size).toBe(ramOperations.length);
  for (const o of ramOperations) {
    expect([o.service, o.version]).toEqual(['ram', '2015-05-01']);
    expect(o.kind).toBe(/^(Get|List|Decode)/.test(o.name) ? 'read' : 'write');
    expect(o.page).toContain(o.name.toLowerCase());
  }
});
