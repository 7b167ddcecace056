import { expect, it } from 'vitest';
import type { RamLimits } from '../../../../local/cloud/ram/limits.ts';
import { dmsTrust, ramOf, redis } from './ram.ts';

const p = { PolicyName: 'p', PolicyType: 'Custom' };
const system = { PolicyName: 'ReadOnlyAccess', PolicyType: 'System' };
const tag = { ResourceType: 'role', 'ResourceName.1': 'r', 'Tag.1.Key': 'k' };

/** Of each limit: what goes beyond it where it is as low as stated, and what the code of the refusal says. */
const beyond: readonly (readonly [keyof RamLimits, number, string, Record<string, string>, string])[] = [
  ['roles', 1, 'CreateRole', { RoleName: 's', AssumeRolePolicyDocument: dmsTrust }, 'Role'],
  ['users', 1, 'CreateUser', { UserName: 'v' }, 'User'],
  ['groups', 1, 'CreateGroup', { GroupName: 'h' }, 'Group'],
  ['groupsPerUser', 0, 'AddUserToGroup', { UserName: 'u', GroupName: 'g' }, 'User.Group'],
  ['policies', 1, 'CreatePolicy', { PolicyName: 'q', PolicyDocument: redis }, 'Policy'],
  ['customPoliciesPerRole', 0, 'AttachPolicyToRole', { ...p, RoleName: 'r' }, 'Role.Policy'],
  ['systemPoliciesPerRole', 0, 'AttachPolicyToRole', { ...system, RoleName: 'r' }, 'Role.Policy'],
  ['customPoliciesPerUser', 0, 'AttachPolicyToUser', { ...p, UserName: 'u' }, 'User.Policy'],
  ['systemPoliciesPerUser', 0, 'AttachPolicyToUser', { ...system, UserName: 'u' }, 'User.Policy'],
  ['customPoliciesPerGroup', 0, 'AttachPolicyToGroup', { ...p, GroupName: 'g' }, 'Group.Policy'],
  ['systemPoliciesPerGroup', 0, 'AttachPolicyToGroup', { ...system, GroupName: 'g' }, 'Group.Policy'],
  [
    'versionsPerPolicy',
    1,
    'CreatePolicyVersion',
    { PolicyName: 'p', PolicyDocument: redis },
    'Policy.Version',
  ],
  ['accessKeysPerUser', 0, 'CreateAccessKey', { UserName: 'u' }, 'User.AccessKey'],
  ['tagsPerResource', 0, 'TagResources', tag, 'Tag'],
];

it.each(beyond)('what goes beyond %s, lowered to %d, is refused: %s', (limit, lowered, name, input, what) => {
  const ram = ramOf();
  ram.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: dmsTrust });
  ram.call('CreateUser', { UserName: 'u' });
  ram.call('CreateGroup', { GroupName: 'g' });
  ram.call('CreatePolicy', { PolicyName: 'p', PolicyDocument: redis });
  ram.state.limits[limit] = lowered;
  expect(ram.words(name, input)).toBe(
    `409 LimitExceeded.${what}: The count is beyond the current limit of ${lowered}.`,
  );
  ram.state.limits[limit] = lowered + 1;
  expect(ram.words(name, input)).toBe('accepted');
});
