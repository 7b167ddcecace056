import { describe, expect, it } from 'vitest';
import type { PolicyStatement } from '../../../../local/cloud/caller.ts';
import { ApiError } from '../../../../local/cloud/error.ts';
import { authorize, isAllowed } from '../../../../local/cloud/evaluate/index.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import {
  addRole,
  addUser,
  document,
  everything,
  sessionCaller,
  twoAccounts,
} from '../../../kit/two-accounts.ts';

const allow = (Action: string | string[], Resource: string | string[] = '*'): PolicyStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const deny = (Action: string | string[], Resource: string | string[] = '*'): PolicyStatement => ({
  Effect: 'Deny',
  Action,
  Resource,
});
const role = (name: string): string => `acs:ram:*:${OWNER}:role/${name}`;

/** What is asked, what the policy says, what must come out. `context` holds condition keys. */
interface Case {
  readonly what: string;
  readonly policy: readonly PolicyStatement[];
  readonly action: string;
  readonly resource: string;
  readonly result: 'Allow' | 'ExplicitDeny' | 'ImplicitDeny';
  readonly context?: Record<string, string | null>;
}

const ask = (
  what: string,
  policy: PolicyStatement | readonly PolicyStatement[],
  action: string,
  resource: string,
  result: Case['result'],
  context: Case['context'] = {},
): Case => ({ what, policy: [policy].flat(), action, resource, result, context });

const q = '*';
const redis = 'kvstore:DescribeInstances';

const effects: Case[] = [
  ask('no policy at all', [], redis, q, 'ImplicitDeny'),
  ask('an allow', allow(redis), redis, q, 'Allow'),
  ask('another action allowed', allow('kvstore:ModifySecurityIps'), redis, q, 'ImplicitDeny'),
  ask('a deny before an allow', [deny(redis), everything], redis, q, 'ExplicitDeny'),
  ask('a deny after an allow', [everything, deny('kvstore:*')], redis, q, 'ExplicitDeny'),
  ask('a deny of something else', [everything, deny('ram:*')], redis, q, 'Allow'),
  ask('a deny alone', deny(redis), redis, q, 'ExplicitDeny'),
  ask('two statements, one fits', [allow('ram:GetRole'), allow(redis)], redis, q, 'Allow'),
];

const actions: Case[] = [
  ask('a list of actions', allow(['ram:GetRole', redis]), redis, q, 'Allow'),
  ask('a trailing star', allow('kvstore:Describe*'), redis, q, 'Allow'),
  ask('a star in the middle', allow('kvstore:*Instances'), redis, q, 'Allow'),
  ask('several stars', allow('kv*:*Inst*'), redis, q, 'Allow'),
  ask('a star that does not fit', allow('kvstore:List*'), redis, q, 'ImplicitDeny'),
  ask('a question mark for one character', allow('kvstore:DescribeInstance?'), redis, q, 'Allow'),
  ask('a question mark for none', allow('kvstore:DescribeInstances?'), redis, q, 'ImplicitDeny'),
  ask('a question mark for two', allow('kvstore:DescribeInstan?s'), redis, q, 'ImplicitDeny'),
  ask('a prefix without a star', allow('kvstore:Describe'), redis, q, 'ImplicitDeny'),
  ask("another product's action", allow('drds:*'), redis, q, 'ImplicitDeny'),
  ask(
    'the vendor spells it otherwise',
    allow('gdb:DescribeDbInstances'),
    'gdb:DescribeDBInstances',
    q,
    'Allow',
  ),
  ask('upper case', allow('KVSTORE:DESCRIBEINSTANCES'), redis, q, 'Allow'),
  ask('a deny in another case', [everything, deny('KVSTORE:*')], redis, q, 'ExplicitDeny'),
  ask('a dot is a dot', allow('kvstore.DescribeInstances'), redis, q, 'ImplicitDeny'),
];

const exclusions: Case[] = [
  ask('NotAction allows the rest', { Effect: 'Allow', NotAction: 'ram:*', Resource: '*' }, redis, q, 'Allow'),
  ask(
    'NotAction leaves its own out',
    { Effect: 'Allow', NotAction: ['ram:*', 'KVSTORE:*'], Resource: '*' },
    redis,
    q,
    'ImplicitDeny',
  ),
  ask(
    'NotAction denies the rest',
    [everything, { Effect: 'Deny', NotAction: 'ram:*', Resource: '*' }],
    redis,
    q,
    'ExplicitDeny',
  ),
  ask(
    'NotResource allows the rest',
    { Effect: 'Allow', Action: '*', NotResource: role('admin') },
    'ram:GetRole',
    role('x'),
    'Allow',
  ),
  ask(
    'NotResource leaves its own out',
    { Effect: 'Allow', Action: '*', NotResource: role('admin') },
    'ram:GetRole',
    role('Admin'),
    'ImplicitDeny',
  ),
  ask(
    'NotResource denies the rest',
    [everything, { Effect: 'Deny', Action: '*', NotResource: role('dms-*') }],
    'ram:GetRole',
    role('x'),
    'ExplicitDeny',
  ),
  ask(
    'NotResource leaves each of its own out',
    { Effect: 'Allow', Action: '*', NotResource: [role('admin'), role('x')] },
    'ram:GetRole',
    role('x'),
    'ImplicitDeny',
  ),
  ask(
    'NotResource that cannot be read allows nothing',
    { Effect: 'Allow', Action: '*', NotResource: 'acs:*' },
    'ram:GetRole',
    role('x'),
    'ImplicitDeny',
  ),
  ask(
    'NotResource that cannot be read denies all',
    [everything, { Effect: 'Deny', Action: '*', NotResource: 'acs:*' }],
    'ram:GetRole',
    role('x'),
    'ExplicitDeny',
  ),
  ask('an allow without an action', { Effect: 'Allow', Resource: '*' }, redis, q, 'ImplicitDeny'),
  ask('a deny without an action', [everything, { Effect: 'Deny', Resource: '*' }], redis, q, 'ExplicitDeny'),
  ask('an allow without a resource', { Effect: 'Allow', Action: '*' }, redis, q, 'ImplicitDeny'),
  ask('a deny without a resource', [everything, { Effect: 'Deny', Action: '*' }], redis, q, 'ExplicitDeny'),
];

const topic = `acs:mns:cn-hangzhou:${OWNER}:/topics/requests/messages`;

const resources: Case[] = [
  ask('the exact resource', allow('*', role('x')), 'ram:GetRole', role('x'), 'Allow'),
  ask('another resource', allow('*', role('x')), 'ram:GetRole', role('y'), 'ImplicitDeny'),
  ask('one of several resources', allow('*', [role('y'), role('x')]), 'ram:GetRole', role('x'), 'Allow'),
  ask('a prefix of the name', allow('*', role('dms-*')), 'ram:GetRole', role('dms-cross-account-1'), 'Allow'),
  ask(
    'no region, as RAM writes it',
    allow('*', `acs:ram::${OWNER}:role/x`),
    'ram:GetRole',
    role('x'),
    'Allow',
  ),
  ask(
    'a star, asked without a region',
    allow('*', role('x')),
    'sts:AssumeRole',
    `acs:ram::${OWNER}:role/x`,
    'Allow',
  ),
  ask('role names have no case', allow('*', role('DMS-Cross')), 'ram:GetRole', role('dms-cross'), 'Allow'),
  ask(
    'a deny of a role in another case',
    [everything, deny('*', role('ADMIN'))],
    'ram:GetRole',
    role('admin'),
    'ExplicitDeny',
  ),
  ask(
    'other names have case',
    allow('*', `acs:ram:*:${OWNER}:policy/X`),
    'ram:GetPolicy',
    `acs:ram:*:${OWNER}:policy/x`,
    'ImplicitDeny',
  ),
  ask(
    "another account's",
    allow('*', `acs:ram:*:${REQUESTER}:role/*`),
    'ram:GetRole',
    role('x'),
    'ImplicitDeny',
  ),
  ask('any account', allow('*', 'acs:ram:*:*:role/x'), 'ram:GetRole', role('x'), 'Allow'),
  ask('a topic', allow('mns:PublishMessage', topic), 'mns:PublishMessage', topic, 'Allow'),
  ask(
    'the slash belongs to it',
    allow('*', topic.replace(':/', ':')),
    'mns:PublishMessage',
    topic,
    'ImplicitDeny',
  ),
  ask(
    'another region',
    allow('*', topic.replace('hangzhou', 'beijing')),
    'mns:PublishMessage',
    topic,
    'ImplicitDeny',
  ),
  ask(
    'an empty region is not any',
    allow('*', topic.replace('cn-hangzhou', '')),
    'mns:PublishMessage',
    topic,
    'ImplicitDeny',
  ),
  ask(
    'a star does not reach over a colon',
    allow('*', 'acs:mns:*:/topics/requests/messages'),
    'mns:PublishMessage',
    topic,
    'ImplicitDeny',
  ),
  ask('a short pattern gives nothing', allow('*', 'acs:mns:*'), 'mns:PublishMessage', topic, 'ImplicitDeny'),
  ask(
    'a short pattern denies all it may mean',
    [everything, deny('*', 'acs:mns:*')],
    'mns:PublishMessage',
    topic,
    'ExplicitDeny',
  ),
  ask(
    'a relative id with colons',
    allow('*', `acs:fc:*:${OWNER}:functions/*`),
    'fc:InvokeFunction',
    `acs:fc:cn:${OWNER}:functions/a:b`,
    'Allow',
  ),
  ask('all resources need a star', allow('*', role('x')), 'ram:TagResources', '*', 'ImplicitDeny'),
  ask('a star for all resources', allow('*'), 'ram:TagResources', '*', 'Allow'),
  ask(
    'a prefix does not cover a listing',
    allow('*', role('dms-*')),
    'ram:ListRoles',
    role('*'),
    'ImplicitDeny',
  ),
  ask(
    'a question mark does not cover a listing',
    allow('*', role('?')),
    'ram:ListRoles',
    role('*'),
    'ImplicitDeny',
  ),
  ask('a star covers a listing', allow('*', role('*')), 'ram:ListRoles', role('*'), 'Allow'),
];

const when = (Condition: PolicyStatement['Condition']): PolicyStatement => ({
  ...everything,
  ...(Condition && { Condition }),
});
const unless = (Condition: PolicyStatement['Condition']): PolicyStatement[] => [
  everything,
  { Effect: 'Deny', Action: '*', Resource: '*', ...(Condition && { Condition }) },
];
const conditioned = (
  what: string,
  policy: PolicyStatement | PolicyStatement[],
  result: Case['result'],
  context: Case['context'] = {},
) => ask(what, policy, redis, q, result, context);
const tls = { 'acs:securetransport': 'true' };
const from = { 'acs:sourceip': '10.1.2.3' };
const size = { 'x:size': '5' };

const conditions: Case[] = [
  conditioned('StringEquals holds', when({ StringEquals: { 'x:k': 'a' } }), 'Allow', { 'x:k': 'a' }),
  conditioned('keys have no case', when({ StringEquals: { 'X:K': 'a' } }), 'Allow', { 'x:k': 'a' }),
  conditioned('values have case', when({ StringEquals: { 'x:k': 'A' } }), 'ImplicitDeny', { 'x:k': 'a' }),
  conditioned('one of several values', when({ StringEquals: { 'x:k': ['b', 'a'] } }), 'Allow', {
    'x:k': 'a',
  }),
  conditioned('none of several values', when({ StringEquals: { 'x:k': ['b', 'c'] } }), 'ImplicitDeny', {
    'x:k': 'a',
  }),
  conditioned('an empty list of values', when({ StringEquals: { 'x:k': [] } }), 'ImplicitDeny', {
    'x:k': 'a',
  }),
  conditioned('all keys must hold', when({ StringEquals: { 'x:k': 'a', 'x:l': 'b' } }), 'ImplicitDeny', {
    'x:k': 'a',
    'x:l': 'c',
  }),
  conditioned('StringNotEquals holds', when({ StringNotEquals: { 'x:k': 'b' } }), 'Allow', { 'x:k': 'a' }),
  conditioned(
    'StringNotEquals of several',
    when({ StringNotEquals: { 'x:k': ['b', 'a'] } }),
    'ImplicitDeny',
    { 'x:k': 'a' },
  ),
  conditioned('StringEqualsIgnoreCase', when({ StringEqualsIgnoreCase: { 'x:k': 'A' } }), 'Allow', {
    'x:k': 'a',
  }),
  conditioned(
    'StringNotEqualsIgnoreCase',
    when({ StringNotEqualsIgnoreCase: { 'x:k': 'A' } }),
    'ImplicitDeny',
    { 'x:k': 'a' },
  ),
  conditioned('StringLike', when({ StringLike: { 'x:k': 'a*c' } }), 'Allow', { 'x:k': 'abbc' }),
  conditioned('StringNotLike', when({ StringNotLike: { 'x:k': 'a*c' } }), 'ImplicitDeny', { 'x:k': 'abbc' }),
  conditioned('Bool', when({ Bool: { 'acs:SecureTransport': 'true' } }), 'Allow', tls),
  conditioned(
    'Bool that cannot be read',
    when({ Bool: { 'acs:SecureTransport': 'yes' } }),
    'ImplicitDeny',
    tls,
  ),
  conditioned('NumericLessThan', when({ NumericLessThan: { 'x:size': '6' } }), 'Allow', size),
  conditioned(
    'NumericLessThan at the border',
    when({ NumericLessThan: { 'x:size': '5' } }),
    'ImplicitDeny',
    size,
  ),
  conditioned(
    'NumericGreaterThanEquals',
    when({ NumericGreaterThanEquals: { 'x:size': '5' } }),
    'Allow',
    size,
  ),
  conditioned('no number', when({ NumericLessThan: { 'x:size': 'many' } }), 'ImplicitDeny', size),
  conditioned(
    'an empty text is no number',
    unless({ NumericGreaterThan: { 'x:size': '' } }),
    'ExplicitDeny',
    size,
  ),
  conditioned(
    'DateLessThan now',
    when({ DateLessThan: { 'acs:CurrentTime': '2026-11-24T00:00:00Z' } }),
    'Allow',
  ),
  conditioned(
    'DateLessThan, past',
    when({ DateLessThan: { 'acs:CurrentTime': '2026-11-23T00:00:00Z' } }),
    'ImplicitDeny',
  ),
  conditioned(
    'DateGreaterThan',
    when({ DateGreaterThan: { 'acs:CurrentTime': '2026-11-23T00:00:00Z' } }),
    'Allow',
  ),
  conditioned(
    'IpAddress in the network',
    when({ IpAddress: { 'acs:SourceIp': '10.1.0.0/16' } }),
    'Allow',
    from,
  ),
  conditioned(
    'IpAddress outside',
    when({ IpAddress: { 'acs:SourceIp': ['10.2.0.0/16', '1.1.1.1'] } }),
    'ImplicitDeny',
    from,
  ),
  conditioned(
    'NotIpAddress',
    when({ NotIpAddress: { 'acs:SourceIp': '10.1.0.0/16' } }),
    'ImplicitDeny',
    from,
  ),
  conditioned('an IPv6 address', when({ IpAddress: { 'acs:SourceIp': 'fd00::/8' } }), 'Allow', {
    'acs:sourceip': 'fd00::1',
  }),
  conditioned('no network', unless({ IpAddress: { 'acs:SourceIp': '10.1.0.0/99' } }), 'ExplicitDeny', from),
  conditioned(
    'an unknown operator gives nothing',
    when({ StringResembles: { 'x:k': 'a' } }),
    'ImplicitDeny',
    { 'x:k': 'a' },
  ),
  conditioned(
    'the caller by its ARN',
    when({ StringEquals: { 'acs:PrincipalARN': `acs:ram::${OWNER}:user/someone` } }),
    'Allow',
  ),
  conditioned('an unknown operator denies', unless({ StringResembles: { 'x:k': 'a' } }), 'ExplicitDeny', {
    'x:k': 'a',
  }),
  conditioned(
    'an unknown key gives nothing',
    when({ StringEquals: { 'acs:MFAPresent': 'true' } }),
    'ImplicitDeny',
  ),
  conditioned(
    'an unknown key denies',
    unless({ StringEquals: { 'acs:MFAPresent': 'true' } }),
    'ExplicitDeny',
  ),
  conditioned('a key that is absent does not hold', unless({ StringEquals: { 'x:k': 'a' } }), 'Allow', {
    'x:k': null,
  }),
  conditioned('absent and negated gives nothing', when({ StringNotEquals: { 'x:k': 'a' } }), 'ImplicitDeny', {
    'x:k': null,
  }),
  conditioned('absent and negated denies', unless({ StringNotEquals: { 'x:k': 'a' } }), 'ExplicitDeny', {
    'x:k': null,
  }),
  conditioned(
    'unknown and false is false',
    unless({ What: { k: 'a' }, StringEquals: { 'x:k': 'b' } }),
    'Allow',
    { 'x:k': 'a' },
  ),
];

describe.each([
  ['effects', effects],
  ['actions', actions],
  ['exclusions', exclusions],
  ['resources', resources],
  ['conditions', conditions],
])('%s', (_title, cases) => {
  it.each(cases)('$what: $result', ({ policy, action, resource, result, context }) => {
    const { world, owner } = twoAccounts(new TestClock());
    const { caller } = addUser(owner, 'someone', ...policy);
    const { deniedBy, ...found } = isAllowed(world, caller, { action, resource }, context);
    expect(found).toEqual({
      allowed: result === 'Allow',
      reason: result,
      policyType: 'AccountLevelIdentityBasedPolicy',
    });
    const denying = result === 'ExplicitDeny' ? ['user-someone'] : [];
    expect(deniedBy.map(({ policy: { name } }) => name)).toEqual(denying);
  });
});

describe('a session', () => {
  const permission = { action: redis, resource: '*' };

  it('has the rights of its role', () => {
    const { world, owner } = twoAccounts(new TestClock());
    const caller = sessionCaller(owner, addRole(owner, 'reader', {}, allow('kvstore:*')));
    expect(isAllowed(world, caller, permission).allowed).toBe(true);
    expect(isAllowed(world, caller, { action: 'ram:GetRole', resource: '*' }).allowed).toBe(false);
  });

  it('has the intersection with its session policy', () => {
    const { world, owner } = twoAccounts(new TestClock());
    const role = addRole(owner, 'reader', {}, allow('kvstore:*'));
    const narrowed = sessionCaller(owner, role, document(allow('kvstore:DescribeRegions')));
    expect(isAllowed(world, narrowed, permission)).toEqual({
      allowed: false,
      reason: 'ImplicitDeny',
      policyType: 'SessionPolicy',
      deniedBy: [],
    });
    const denied = sessionCaller(owner, role, document(everything, deny(redis)));
    expect(isAllowed(world, denied, permission).reason).toBe('ExplicitDeny');
  });

  it('does not gain by its session policy', () => {
    const { world, owner } = twoAccounts(new TestClock());
    const caller = sessionCaller(
      owner,
      addRole(owner, 'reader', {}, allow('ram:GetRole')),
      document(everything),
    );
    expect(isAllowed(world, caller, permission)).toMatchObject({
      allowed: false,
      policyType: 'AccountLevelIdentityBasedPolicy',
    });
  });

  it('is known by the ARN of its role, in lower case', () => {
    const { world, owner } = twoAccounts(new TestClock());
    const Condition = { StringEquals: { 'acs:PrincipalARN': `acs:ram::${OWNER}:role/reader` } };
    const caller = sessionCaller(owner, addRole(owner, 'Reader', {}, { ...everything, Condition }));
    expect(isAllowed(world, caller, permission).allowed).toBe(true);
  });

  it('loses its rights with the role', () => {
    const { world, owner } = twoAccounts(new TestClock());
    const caller = sessionCaller(owner, addRole(owner, 'reader', {}, everything));
    owner.ram.roles.delete('reader');
    addRole(owner, 'reader', {}, everything);
    expect(isAllowed(world, caller, permission).allowed).toBe(false);
  });
});

it('a service may do nothing', () => {
  const { world } = twoAccounts(new TestClock());
  const principal = { type: 'service', service: `${REQUESTER}@dms.aliyuncs.com` } as const;
  const caller = { accountId: REQUESTER, accessKeyId: '', principal };
  expect(isAllowed(world, caller, { action: redis, resource: '*' })).toEqual({
    allowed: false,
    reason: 'ImplicitDeny',
    policyType: 'AccountLevelIdentityBasedPolicy',
    deniedBy: [],
  });
});

it('a control policy of the account denies what every other policy allows', () => {
  const { world, owner } = twoAccounts(new TestClock());
  const { caller } = addUser(owner, 'admin', everything);
  owner.controlPolicies = [document(deny('ram:*'))];
  expect(isAllowed(world, caller, { action: 'ram:GetRole', resource: '*' })).toEqual({
    allowed: false,
    reason: 'ExplicitDeny',
    policyType: 'ControlPolicy',
    deniedBy: [],
  });
  expect(isAllowed(world, caller, { action: redis, resource: '*' }).allowed).toBe(true);
});

describe('a refusal', () => {
  it('says who was refused what, and why', () => {
    const { world, owner } = twoAccounts(new TestClock());
    const { caller } = addUser(owner, 'someone', deny('ram:*'));
    const refused = (): void => authorize(world, caller, { action: 'ram:GetRole', resource: '*' });
    expect(refused).toThrow(ApiError);
    expect(refused).toThrow(
      expect.objectContaining({
        status: 403,
        code: 'NoPermission',
        message: 'You are not authorized to do this action. You should be authorized by RAM.',
        detail: {
          AuthAction: 'ram:GetRole',
          AuthPrincipalType: 'SubUser',
          AuthPrincipalDisplayName: owner.ram.findUser('someone')?.id,
          AuthPrincipalOwnerId: OWNER,
          NoPermissionType: 'ExplicitDeny',
          PolicyType: 'AccountLevelIdentityBasedPolicy',
          EncodedDiagnosticMessage: expect.any(String),
        },
      }),
    );
  });

  it('names the role and session', () => {
    const { world, owner } = twoAccounts(new TestClock());
    const caller = sessionCaller(owner, addRole(owner, 'reader', {}));
    expect(() => authorize(world, caller, { action: redis, resource: '*' })).toThrow(
      expect.objectContaining({
        detail: expect.objectContaining({
          AuthPrincipalType: 'AssumedRoleUser',
          AuthPrincipalDisplayName: 'reader:test',
        }),
      }),
    );
  });
});

it('a hostile pattern does not hang the evaluation', () => {
  const { world, owner } = twoAccounts(new TestClock());
  const { caller } = addUser(owner, 'someone', allow(`${'*a'.repeat(500)}*b`));
  expect(isAllowed(world, caller, { action: 'a'.repeat(5000), resource: '*' }).allowed).toBe(false);
});
