import { describe, expect, it } from 'vitest';
import { email, newEmail } from '../../../../local/cloud/ram/parameters.ts';
import { dmsTrust, type Ram, type Row, ramOf, redis } from './ram.ts';

/** Role `r`, user `u`, group `g`, policy `p`. */
function furnished(): Ram {
  const ram = ramOf();
  ram.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: dmsTrust });
  ram.call('CreateUser', { UserName: 'u' });
  ram.call('CreateGroup', { GroupName: 'g' });
  ram.call('CreatePolicy', { PolicyName: 'p', PolicyDocument: redis });
  return ram;
}

const role = { AssumeRolePolicyDocument: dmsTrust };
const policy = { PolicyName: 'p', PolicyType: 'Custom' };
const tagged = { ResourceType: 'role', 'ResourceName.1': 'r' };

const length = (parameter: string, max: number, min: 0 | 1 = 1) =>
  `400 InvalidParameter.${parameter}.Length: The parameter ${parameter} is not valid: The length must be ${min} to ${max} characters.`;
const characters = (parameter: string) =>
  `400 InvalidParameter.${parameter}.InvalidChars: The parameter ${parameter} is not valid: The value contains invalid characters.`;
const invalid = (parameter: string, reason: string) =>
  `400 InvalidParameter.${parameter}: The parameter ${parameter} is not valid: ${reason}`;

/** Of each text: the longest that is taken, and what is not. */
const texts: readonly (readonly [
  operation: string,
  parameter: string,
  longest: number,
  wrong: readonly string[],
  others: Record<string, string>,
])[] = [
  ['CreateRole', 'RoleName', 64, ['a_b', 'a b', 'a b.c', 'ab/'], role],
  ['CreatePolicy', 'PolicyName', 128, ['a.b', '.ab', 'ab.'], { PolicyDocument: redis }],
  ['CreateUser', 'UserName', 64, ['a b', ' ab', 'ab@'], {}],
  ['CreateGroup', 'GroupName', 64, ['a_b', '.ab', 'ab.'], {}],
  ['CreateUser', 'DisplayName', 128, [], { UserName: 'v' }],
  ['CreateUser', 'Comments', 128, [], { UserName: 'v' }],
  ['CreateGroup', 'Comments', 128, [], { GroupName: 'h' }],
  ['CreateRole', 'Description', 1024, [], { ...role, RoleName: 's' }],
  ['CreatePolicy', 'Description', 1024, [], { PolicyName: 'q', PolicyDocument: redis }],
];

it.each(texts)('%s: %s is of 1 to %d characters', (operation, parameter, longest, wrong, others) => {
  const set = (value: string) => furnished().words(operation, { ...others, [parameter]: value });
  expect(set('a'.repeat(longest))).toBe('accepted');
  expect(set('a'.repeat(longest + 1))).toBe(length(parameter, longest));
  for (const value of wrong) expect([value, set(value)]).toEqual([value, characters(parameter)]);
});

it.each([
  ['CreateUser', 'MobilePhone', '86-1860000', ['86 1', '+86', '86x'], { UserName: 'v' }],
  ['CreateUser', 'Email', 'ab@c.example', ['a b@c', 'a@b c', '@b', 'a@'], { UserName: 'v' }],
])('%s: %s has its own form', (operation, parameter, right, wrong, others) => {
  const set = (value: string) => furnished().words(operation, { ...others, [parameter]: value });
  expect(set(right)).toBe('accepted');
  for (const value of wrong) expect([value, set(value)]).toEqual([value, characters(parameter)]);
});

it.each([
  ['CreateUser', 'MobilePhone', 64, '1', { UserName: 'v' }],
  ['CreateUser', 'Email', 128, 'a@', { UserName: 'v' }],
  ['DeleteAccessKey', 'UserAccessKeyId', 128, '', { UserName: 'u' }],
  ['DecodeDiagnosticMessage', 'EncodedDiagnosticMessage', 16_384, '', {}],
])('%s: %s is of up to %d characters', (operation, parameter, longest, begin, others) => {
  const set = (size: number) =>
    furnished().words(operation, { ...others, [parameter]: begin.padEnd(size, '1') });
  expect(set(longest)).not.toContain('length');
  expect(set(longest + 1)).toBe(length(parameter, longest));
});

describe('what an update empties', () => {
  it.each([
    ['UpdateUser', 'NewDisplayName', 128, { UserName: 'u' }],
    ['UpdateUser', 'NewComments', 128, { UserName: 'u' }],
    ['UpdateGroup', 'NewComments', 128, { GroupName: 'g' }],
    ['UpdateRole', 'NewDescription', 1024, { RoleName: 'r' }],
    ['UpdatePolicyDescription', 'NewDescription', 1024, { PolicyName: 'p' }],
  ])('%s: %s is of 0 to %d characters', (operation, parameter, longest, others) => {
    const set = (value: string) => furnished().words(operation, { ...others, [parameter]: value });
    expect(set('')).toBe('accepted');
    expect(set('a'.repeat(longest))).toBe('accepted');
    expect(set('a'.repeat(longest + 1))).toBe(length(parameter, longest, 0));
  });
});

it.each([
  ['NewMobilePhone', 64, '1', ['86 1', '+86', '86x']],
  ['NewEmail', 128, 'ab@', ['a b@c', 'a@b c', '@b', 'a@']],
])('UpdateUser: %s has its own form, or is empty', (parameter, longest, begin, wrong) => {
  const set = (value: string) => furnished().words('UpdateUser', { UserName: 'u', [parameter]: value });
  expect(set('')).toBe('accepted');
  expect(set(begin.padEnd(longest, '1'))).toBe('accepted');
  expect(set(begin.padEnd(longest + 1, '1'))).toBe(length(parameter, longest, 0));
  for (const value of wrong) expect([value, set(value)]).toEqual([value, characters(parameter)]);
});

it.each([email, newEmail])(
  'what is too long is not held against a form, which may take very long',
  (text) => {
    const paths = (value: string) => text.safeParse(value).error?.issues.map(({ path }) => path);
    expect(paths(`${'@'.repeat(127)} `)).toEqual([['InvalidChars']]);
    expect(paths(`${'@'.repeat(128)} `)).toEqual([['Length']]);
  },
);

it.each([
  ['CreateRole', 'AssumeRolePolicyDocument', { RoleName: 's' }],
  ['UpdateRole', 'NewAssumeRolePolicyDocument', { RoleName: 'r' }],
  ['CreatePolicy', 'PolicyDocument', { PolicyName: 'q' }],
  ['CreatePolicyVersion', 'PolicyDocument', { PolicyName: 'p' }],
])('%s: %s is of 1 to 6144 bytes', (operation, parameter, others) => {
  for (const text of ['', ' '.repeat(6145)])
    expect(furnished().words(operation, { ...others, [parameter]: text })).toBe(
      `400 InvalidParameter.${parameter}.Length: The parameter - "${parameter}" beyond the length limit: 1 to 6144 bytes.`,
    );
});

const whole = 'A whole number is expected.';
const flag = 'true or false is expected.';

it.each<Row>([
  ['ListRoles', { MaxItems: '0' }, invalid('MaxItems', 'The value must be 1 to 1000.')],
  ['ListRoles', { MaxItems: '1' }, 'accepted'],
  ['ListRoles', { MaxItems: '1000' }, 'accepted'],
  ['ListRoles', { MaxItems: '1001' }, invalid('MaxItems', 'The value must be 1 to 1000.')],
  ['ListRoles', { MaxItems: '1x' }, invalid('MaxItems', whole)],
  ['ListRoles', { MaxItems: 'x1' }, invalid('MaxItems', whole)],
  ['ListRoles', { MaxItems: '1234567890' }, invalid('MaxItems', whole)],
  ['ListTagResources', { ResourceType: 'role', PageSize: '100' }, 'accepted'],
  [
    'ListTagResources',
    { ResourceType: 'role', PageSize: '101' },
    invalid('PageSize', 'The value must be 1 to 100.'),
  ],
  [
    'UpdateRole',
    { RoleName: 'r', NewMaxSessionDuration: '3599' },
    invalid('NewMaxSessionDuration', 'The value must be 3600 to 43200.'),
  ],
  ['UpdateRole', { RoleName: 'r', NewMaxSessionDuration: '43200' }, 'accepted'],
  ['DeletePolicy', { PolicyName: 'p', CascadingDelete: 'TRUE' }, 'accepted'],
  ['DeletePolicy', { PolicyName: 'p', CascadingDelete: 'false' }, 'accepted'],
  ['DeletePolicy', { PolicyName: 'p', CascadingDelete: 'untrue' }, invalid('CascadingDelete', flag)],
  ['DeletePolicy', { PolicyName: 'p', CascadingDelete: 'falsely' }, invalid('CascadingDelete', flag)],
  ['GetPolicyVersion', { ...policy, VersionId: 'v1' }, 'accepted'],
  ...['v0', 'v', '1', 'v1x', 'xv1', 'v1234567890'].map(
    (VersionId): Row => [
      'GetPolicyVersion',
      { ...policy, VersionId },
      '400 InvalidParameter.VersionId.Format: The parameter VersionId is not valid: The specified version ID is invalid.',
    ],
  ),
  [
    'GetPolicyVersion',
    { ...policy, VersionId: 'v123456789' },
    '404 EntityNotExist.Policy.Version: The policy version does not exist.',
  ],
  ['ListRoles', { Marker: 'x' }, '400 InvalidParameter.Marker: The parameter - "Marker" is incorrect.'],
  ['UntagResources', { ...tagged, All: 'no' }, invalid('All', flag)],
  [
    'UntagResources',
    { ResourceType: 'role', 'ResourceName.1': 'x'.repeat(129), All: 'true' },
    invalid('ResourceNames', 'Too big: expected string to have <=128 characters'),
  ],
  [
    'UntagResources',
    { ResourceType: 'role', ResourceNames: '[""]', All: 'true' },
    invalid('ResourceNames', 'Too small: expected string to have >=1 characters'),
  ],
])('%s %j: %s', (operation, input, words) => {
  expect(furnished().words(operation, input)).toBe(words);
});
