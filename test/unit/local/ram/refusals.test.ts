import { expect, it } from 'vitest';
import { dmsTrust, type Ram, type Row, ramOf, redis } from './ram.ts';

const p = { PolicyName: 'p', PolicyType: 'Custom' };
const q = { PolicyName: 'q', PolicyType: 'Custom' };
const r = { RoleName: 'r' };
const u = { UserName: 'u' };
const g = { GroupName: 'g' };
const role = { RoleName: 'new', AssumeRolePolicyDocument: dmsTrust };
const policy = { PolicyName: 'new', PolicyDocument: redis };

/** Role `r`, user `u` with a key, group `g` with that user: each has policy `p`, of two versions. `q` is free. */
function furnished(): Ram {
  const ram = ramOf();
  ram.call('CreateRole', { ...role, ...r });
  ram.call('CreateUser', u);
  ram.call('CreateUser', { UserName: 'v' });
  ram.call('CreateAccessKey', u);
  ram.call('CreateGroup', g);
  ram.call('CreateGroup', { GroupName: 'h' });
  ram.call('AddUserToGroup', { ...u, ...g });
  for (const PolicyName of ['p', 'q']) ram.call('CreatePolicy', { ...policy, PolicyName });
  ram.call('CreatePolicyVersion', { ...policy, PolicyName: 'p' });
  ram.call('AttachPolicyToRole', { ...p, ...r });
  ram.call('AttachPolicyToUser', { ...p, ...u });
  ram.call('AttachPolicyToGroup', { ...p, ...g });
  return ram;
}

const absent: readonly Row[] = [
  ['GetRole', { RoleName: 'x' }, '404 EntityNotExist.Role: The role does not exist.'],
  ['GetUser', { UserName: 'x' }, '404 EntityNotExist.User: The user does not exist.'],
  ['GetGroup', { GroupName: 'x' }, '404 EntityNotExist.Group: The group does not exist.'],
  ['GetPolicy', { ...p, PolicyName: 'x' }, '404 EntityNotExist.Policy: The policy does not exist.'],
  [
    'GetPolicyVersion',
    { ...p, VersionId: 'v9' },
    '404 EntityNotExist.Policy.Version: The policy version does not exist.',
  ],
  [
    'RemoveUserFromGroup',
    { UserName: 'v', ...g },
    '404 EntityNotExist.User.Group: The user is not in the group.',
  ],
  ['DeleteLoginProfile', u, '404 EntityNotExist.User.LoginProfile: The login profile does not exist.'],
  ['UnbindMFADevice', u, '404 EntityNotExist.User.MFADevice: The MFA device does not exist.'],
  [
    'DeleteAccessKey',
    { ...u, UserAccessKeyId: 'x' },
    '404 EntityNotExist.User.AccessKey: The AccessKey does not exist.',
  ],
  [
    'DetachPolicyFromRole',
    { ...q, ...r },
    '404 EntityNotExist.Role.Policy: The policy is not attached to the role.',
  ],
  [
    'DetachPolicyFromUser',
    { ...q, ...u },
    '404 EntityNotExist.User.Policy: The policy is not attached to the user.',
  ],
  [
    'DetachPolicyFromGroup',
    { ...q, ...g },
    '404 EntityNotExist.Group.Policy: The policy is not attached to the group.',
  ],
];

const there: readonly Row[] = [
  ['CreateRole', { ...role, ...r }, '409 EntityAlreadyExists.Role: The role does already exist.'],
  ['CreateUser', u, '409 EntityAlreadyExists.User: The user does already exist.'],
  ['CreateGroup', g, '409 EntityAlreadyExists.Group: The group does already exist.'],
  [
    'CreatePolicy',
    { ...policy, PolicyName: 'p' },
    '409 EntityAlreadyExists.Policy: The policy does already exist.',
  ],
  ['UpdateUser', { ...u, NewUserName: 'V' }, '409 EntityAlreadyExists.User: The user does already exist.'],
  [
    'UpdateGroup',
    { ...g, NewGroupName: 'H' },
    '409 EntityAlreadyExists.Group: The group does already exist.',
  ],
  [
    'AttachPolicyToRole',
    { ...p, ...r },
    '409 EntityAlreadyExists.Role.Policy: The role has already been attached this policy.',
  ],
  [
    'AttachPolicyToUser',
    { ...p, ...u },
    '409 EntityAlreadyExists.User.Policy: The user has already been attached this policy.',
  ],
  [
    'AttachPolicyToGroup',
    { ...p, ...g },
    '409 EntityAlreadyExists.Group.Policy: The group has already been attached this policy.',
  ],
  ['AddUserToGroup', { ...u, ...g }, '409 EntityAlreadyExists.User.Group: The user is already in the group.'],
];

const conflicts: readonly Row[] = [
  [
    'DeleteRole',
    r,
    '409 DeleteConflict.Role.Policy: The role cannot have any attached policies when you delete it.',
  ],
  ['DeleteUser', u, '409 DeleteConflict.User.Policy: The user has policies.'],
  ['DeleteGroup', g, '409 DeleteConflict.Group.User: The group has users.'],
  ['DeletePolicy', p, '409 DeleteConflict.Policy.User: The policy is attached to a user.'],
  [
    'DeletePolicyVersion',
    { PolicyName: 'q', VersionId: 'v1' },
    '409 DeleteConflict.Policy.Version.Default: You cannot delete the default policy version.',
  ],
];

const wrong: readonly Row[] = [
  [
    'UntagResources',
    { ResourceType: 'role', 'ResourceName.1': 'r' },
    '400 MissingParameter: The parameter TagKeys or All is mandatory for this action.',
  ],
  [
    'DecodeDiagnosticMessage',
    { EncodedDiagnosticMessage: 'x' },
    '400 InvalidParameter.EncodedDiagnosticMessage: The parameter - "EncodedDiagnosticMessage" is no message of this account.',
  ],
];

it.each([...absent, ...there, ...conflicts, ...wrong])(
  '%s %j is refused in words',
  (operation, input, words) => {
    expect(furnished().words(operation, input)).toBe(words);
  },
);

it('what stands in the way of a deletion is named, one after the other', () => {
  const ram = furnished();
  const steps: readonly Row[] = [
    ['DeleteUser', u, '409 DeleteConflict.User.Policy: The user has policies.'],
    ['DetachPolicyFromUser', { ...p, ...u }, 'accepted'],
    ['DeleteUser', u, '409 DeleteConflict.User.Group: The user is in groups.'],
    ['RemoveUserFromGroup', { ...u, ...g }, 'accepted'],
    ['DeleteUser', u, '409 DeleteConflict.User.AccessKey: The user has AccessKeys.'],
    ['DeleteGroup', g, '409 DeleteConflict.Group.Policy: The group has policies.'],
    ['DeletePolicy', p, '409 DeleteConflict.Policy.Group: The policy is attached to a group.'],
    ['DetachPolicyFromGroup', { ...p, ...g }, 'accepted'],
    ['DeletePolicy', p, '409 DeleteConflict.Policy.Role: The policy is attached to a role.'],
    ['DetachPolicyFromRole', { ...p, ...r }, 'accepted'],
    [
      'DeletePolicy',
      { ...p, CascadingDelete: 'False' },
      '409 DeleteConflict.Policy.Version: The policy has versions other than the default one.',
    ],
  ];
  for (const [operation, input, words] of steps)
    expect([operation, ram.words(operation, input)]).toEqual([operation, words]);
});
