import { expect, it } from 'vitest';
import type { Caller } from '../../../../local/cloud/caller.ts';
import { parseInput } from '../../../../local/cloud/http/input.ts';
import { assumeRole } from '../../../../local/cloud/sts/assume-role.ts';
import { assumeAsService } from '../../../../local/cloud/sts/index.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addRole, addUser, everything, twoAccounts } from '../../../kit/two-accounts.ts';
import { words } from '../ram/ram.ts';

const ROLE = `acs:ram::${OWNER}:role/target`;
const trusts = (Principal: object, more: object = {}) => ({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...more }],
});

/** The role `target` of the owner, which its users may assume. */
function setup(trust: object = trusts({ RAM: `acs:ram::${OWNER}:root` })) {
  const cloud = twoAccounts(new TestClock());
  addRole(cloud.owner, 'target', trust);
  const { caller } = addUser(cloud.owner, 'someone', everything);
  const assume = (parameters: Record<string, string> = {}, who: Caller = caller) => {
    const input = parseInput(assumeRole.input, {
      RoleArn: ROLE,
      RoleSessionName: 'probe',
      ...parameters,
    });
    const account = cloud.world.account(who.accountId);
    return assumeRole.run(input, { world: cloud.world, account, caller: who, requestId: 'r' });
  };
  return { ...cloud, caller, assume };
}

const invalid = (parameter: string, reason: string) =>
  `400 InvalidParameter.${parameter}: The parameter ${parameter} is not valid: ${reason}`;
const duration =
  "400 InvalidParameter.DurationSeconds: The Min/Max value of DurationSeconds is 900 and the role's MaxSessionDuration, 3600 seconds.";
const seconds = invalid('DurationSeconds', 'A number of seconds is expected.');
const externalId = invalid('ExternalId', '2 to 1224 letters, digits and =,.@:/-_+ are expected.');
const sourceIdentity = invalid('SourceIdentity', '2 to 64 letters, digits and =,.@-_+ are expected.');
const sessionName = '400 InvalidParameter.RoleSessionName: The parameter RoleSessionName is wrongly formed.';
const roleArn = '400 InvalidParameter.RoleArn: The parameter RoleArn is wrongly formed.';
const noRole = '404 EntityNotExist.Role: The specified Role not exists.';
const grammar = (reason: string) =>
  `400 InvalidParameter.PolicyGrammar: The parameter Policy has not passed grammar check. ${reason}`;

it.each([
  [{ RoleArn: '' }, '400 MissingParameter: The parameter RoleArn is mandatory for this action.'],
  [{ RoleArn: `x${ROLE}` }, roleArn],
  [{ RoleArn: `${ROLE}/x` }, roleArn],
  [{ RoleArn: `acs:ram::${OWNER}:role/${'x'.repeat(65)}` }, roleArn],
  [{ RoleArn: `${ROLE}s` }, noRole],
  [{ RoleArn: 'acs:ram::1:role/target' }, noRole],
  [{ RoleSessionName: '' }, sessionName],
  [{ RoleSessionName: 'a b' }, sessionName],
  [{ RoleSessionName: 'ab ' }, sessionName],
  [{ RoleSessionName: ' ab' }, sessionName],
  [{ RoleSessionName: 'x'.repeat(64) }, 'accepted'],
  [{ DurationSeconds: '899' }, duration],
  [{ DurationSeconds: '3601' }, duration],
  [{ DurationSeconds: '3600' }, 'accepted'],
  [{ DurationSeconds: '900x' }, seconds],
  [{ DurationSeconds: 'x900' }, seconds],
  [{ DurationSeconds: '1234567890' }, seconds],
  [{ ExternalId: 'x' }, externalId],
  [{ ExternalId: 'ab ' }, externalId],
  [{ ExternalId: ' ab' }, externalId],
  [{ ExternalId: 'aZ_9+=,.@:/-' }, 'accepted'],
  [{ SourceIdentity: 'x' }, sourceIdentity],
  [{ SourceIdentity: 'ab ' }, sourceIdentity],
  [{ SourceIdentity: ' ab' }, sourceIdentity],
  [{ SourceIdentity: 'a:b' }, sourceIdentity],
  [{ SourceIdentity: 'x'.repeat(65) }, sourceIdentity],
  [{ SourceIdentity: 'aZ_9+=,.@-' }, 'accepted'],
  [
    { Policy: ' '.repeat(2049) },
    '400 InvalidParameter.PolicySize: The size of Policy must be 1 to 2048 characters.',
  ],
  [{ Policy: JSON.stringify({ Version: '1', Statement: [everything] }).padEnd(2048) }, 'accepted'],
  [{ Policy: '{' }, grammar('The policy document is malformed: The policy document is not valid JSON.')],
  [
    { Policy: '[]' },
    grammar('The policy document is malformed: document: Invalid input: expected object, received array'),
  ],
  [
    { Policy: JSON.stringify({ Version: '2', Statement: [everything] }) },
    grammar('The policy document is malformed: Version: Invalid input: expected "1"'),
  ],
])('AssumeRole with %j: %s', (parameters, expected) => {
  expect(words(() => setup().assume(parameters))).toBe(expected);
});

it.each([
  ['trusted', { Service: 'dms.aliyuncs.com' }, 'dms.aliyuncs.com', 'accepted'],
  ['not trusted', { Service: 'dms.aliyuncs.com' }, 'fc.aliyuncs.com', '403 NoPermission'],
])('a service that is %s', (_what, principal, service, expected) => {
  const { world } = setup(trusts(principal));
  const request = { service, roleArn: ROLE, sessionName: 'probe', durationSeconds: 900 };
  expect(words(() => assumeAsService(world, request))).toMatch(new RegExp(`^${expected}`));
});

const refusedBy = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    return Reflect.get(Object(error), 'detail');
  }
  return 'accepted';
};
const refused = {
  AuthAction: 'sts:AssumeRole',
  NoPermissionType: 'ImplicitDeny',
  PolicyType: 'AssumeRolePolicy',
  EncodedDiagnosticMessage: expect.any(String),
};

it('a refusal says which service it is about', () => {
  const { world } = setup();
  const service = `${REQUESTER}@dms.aliyuncs.com`;
  const request = { service, roleArn: ROLE, sessionName: 'probe', durationSeconds: 900 };
  expect(refusedBy(() => assumeAsService(world, request))).toEqual({
    ...refused,
    AuthPrincipalType: 'Service',
    AuthPrincipalDisplayName: service,
    AuthPrincipalOwnerId: REQUESTER,
  });
});

it('a refusal of a service that acts for nobody names no account', () => {
  const { world } = setup();
  const request = { service: 'fc.aliyuncs.com', roleArn: ROLE, sessionName: 'probe', durationSeconds: 900 };
  expect(refusedBy(() => assumeAsService(world, request))).toEqual({
    ...refused,
    AuthPrincipalType: 'Service',
    AuthPrincipalDisplayName: 'fc.aliyuncs.com',
    AuthPrincipalOwnerId: '',
  });
});

it('a refusal says that it is about the account itself, which can assume no role', () => {
  const { assume } = setup(trusts({ RAM: '*' }));
  const root: Caller = { accountId: OWNER, accessKeyId: 'LTAIroot', principal: { type: 'root' } };
  expect(refusedBy(() => assume({}, root))).toEqual({
    ...refused,
    AuthPrincipalType: 'Account',
    AuthPrincipalDisplayName: OWNER,
    AuthPrincipalOwnerId: OWNER,
  });
});

it('a role may ask for a source identity, which the first session names', () => {
  const Condition = { StringEquals: { 'sts:SourceIdentity': 'alice' } };
  const { assume } = setup(trusts({ RAM: `acs:ram::${OWNER}:root` }, { Condition }));
  expect(words(() => assume({ SourceIdentity: 'alice' }))).toBe('accepted');
  expect(words(() => assume({ SourceIdentity: 'bob' }))).toMatch(/^403 NoPermission/);
  expect(words(() => assume())).toMatch(/^403 NoPermission/);
});
