import { describe, expect, it } from 'vitest';
import type { Caller, PolicyStatement } from '../../../../local/cloud/caller.ts';
import { isAllowed } from '../../../../local/cloud/evaluate/index.ts';
import { parseInput } from '../../../../local/cloud/http/input.ts';
import type { RpcOperation } from '../../../../local/cloud/operation.ts';
import { authenticate } from '../../../../local/cloud/signature/index.ts';
import { assumeAsService, stsOperations } from '../../../../local/cloud/sts/index.ts';
import { assume } from '../../../../local/cloud/sts/session.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addRole, addUser, sessionCaller, twoAccounts } from '../../../kit/two-accounts.ts';
import { refusal } from '../signature/setup.ts';
import { acs3 } from '../signature/sign.ts';

const mayAssume: PolicyStatement = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };
const reads: PolicyStatement = { Effect: 'Allow', Action: 'kvstore:*', Resource: '*' };
const DMS = `${REQUESTER}@dms.aliyuncs.com`;
const ROLE = `acs:ram::${OWNER}:role/Target`;

const trust = (...principals: object[]) => ({
  Version: '1',
  Statement: principals.map((Principal) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal })),
});

function operation(name: string): RpcOperation {
  const found = stsOperations.find((o) => o.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

interface Answer {
  readonly SourceIdentity?: string;
  readonly AssumedRoleUser: { readonly Arn: string; readonly AssumedRoleId: string };
  readonly Credentials: {
    readonly AccessKeyId: string;
    readonly AccessKeySecret: string;
    readonly SecurityToken: string;
    readonly Expiration: string;
  };
}

/** The owner's role "Target", which the owner's identities may assume, and a user of the owner who may. */
function setup() {
  const cloud = twoAccounts(new TestClock());
  const role = addRole(cloud.owner, 'Target', trust({ RAM: [`acs:ram::${OWNER}:root`] }), reads);
  const { caller } = addUser(cloud.owner, 'someone', mayAssume);
  const run = (who: Caller, name: string, parameters: Record<string, string>): unknown => {
    const found = operation(name);
    const account = cloud.world.account(who.accountId);
    return found.run(parseInput(found.input, parameters), { ...cloud, account, caller: who, requestId: 'r' });
  };
  const assume = (parameters: Record<string, string> = {}, who = caller): Answer =>
    run(who, 'AssumeRole', { RoleArn: ROLE, RoleSessionName: 'probe', ...parameters }) as Answer;
  const identity = (who: Caller): unknown => run(who, 'GetCallerIdentity', {});
  return { ...cloud, role, caller, assume, identity };
}

describe('AssumeRole', () => {
  it('answers keys that sign as the role, under its name in lower case', () => {
    const { world, clock, role, assume } = setup();
    const { AssumedRoleUser, Credentials } = assume();
    expect(AssumedRoleUser).toEqual({
      Arn: `acs:ram::${OWNER}:assumed-role/target/probe`,
      AssumedRoleId: `${role.id}:probe`,
    });
    expect(Credentials.AccessKeyId).toMatch(/^STS\./);
    expect(Credentials.Expiration).toBe('2026-11-23T11:00:00Z');
    const keys = {
      accessKeyId: Credentials.AccessKeyId,
      accessKeySecret: Credentials.AccessKeySecret,
      securityToken: Credentials.SecurityToken,
    };
    const who = authenticate(world, acs3(keys, clock.now()));
    expect(who).toEqual({
      accountId: OWNER,
      accessKeyId: keys.accessKeyId,
      principal: {
        type: 'role',
        roleName: 'Target',
        roleId: role.id,
        sessionName: 'probe',
        sessionPolicy: null,
      },
    });
    expect(isAllowed(world, who, { action: 'kvstore:DescribeInstances', resource: '*' }).allowed).toBe(true);
  });

  it('answers keys that hold until the instant of their end, and not at it', () => {
    const { world, clock, assume } = setup();
    const session = world.sts.session(assume().Credentials.AccessKeyId);
    if (session === undefined) throw new Error('no session');
    clock.advance(3_599_999);
    expect(world.sts.expired(session)).toBe(false);
    clock.advance(1);
    expect(world.sts.expired(session)).toBe(true);
  });

  it('two sessions share nothing', () => {
    const { assume } = setup();
    const [one, two] = [assume().Credentials, assume().Credentials];
    expect(one.AccessKeyId).not.toBe(two.AccessKeyId);
    expect(one.AccessKeySecret).not.toBe(two.AccessKeySecret);
    expect(one.SecurityToken).not.toBe(two.SecurityToken);
  });

  it('a session policy narrows the session', () => {
    const { world, assume } = setup();
    const Policy = JSON.stringify({
      Version: '1',
      Statement: [{ ...reads, Action: 'kvstore:DescribeRegions' }],
    });
    const { Credentials } = assume({ Policy });
    const session = world.sts.session(Credentials.AccessKeyId);
    if (session === undefined) throw new Error('no session');
    const can = (action: string) =>
      isAllowed(world, { ...session, accessKeyId: 'x' }, { action, resource: '*' }).allowed;
    expect(can('kvstore:DescribeRegions')).toBe(true);
    expect(can('kvstore:DescribeInstances')).toBe(false);
  });

  it('a role may assume another', () => {
    const { owner, assume } = setup();
    const caller = sessionCaller(owner, addRole(owner, 'verify', {}, mayAssume));
    expect(assume({}, caller).Credentials.AccessKeyId).toMatch(/^STS\./);
  });

  it('names have no case', () => {
    const { assume } = setup();
    expect(
      assume({ RoleArn: ROLE.toUpperCase().replace('ACS:RAM', 'acs:ram').replace('ROLE/', 'role/') }),
    ).toBeDefined();
  });

  it.each<[string, Record<string, string>, string]>([
    ['no such role', { RoleArn: `${ROLE}x` }, '404 EntityNotExist.Role'],
    ['no such account', { RoleArn: 'acs:ram::1:role/x' }, '404 EntityNotExist.Role'],
    ['no ARN', { RoleArn: 'Target' }, '400 InvalidParameter.RoleArn'],
    ['the ARN of a user', { RoleArn: `acs:ram::${OWNER}:user/x` }, '400 InvalidParameter.RoleArn'],
    ['an empty ARN', { RoleArn: '' }, '400 MissingParameter'],
    ['a session name of one character', { RoleSessionName: 'x' }, '400 InvalidParameter.RoleSessionName'],
    ['a session name of 65', { RoleSessionName: 'x'.repeat(65) }, '400 InvalidParameter.RoleSessionName'],
    ['a session name with a space', { RoleSessionName: 'a b' }, '400 InvalidParameter.RoleSessionName'],
    ['a session name of every kind', { RoleSessionName: 'aZ9.@-_' }, 'accepted'],
    ['900 seconds', { DurationSeconds: '900' }, 'accepted'],
    ['899 seconds', { DurationSeconds: '899' }, '400 InvalidParameter.DurationSeconds'],
    ['more than the role allows', { DurationSeconds: '3601' }, '400 InvalidParameter.DurationSeconds'],
    ['no number of seconds', { DurationSeconds: '1e3' }, '400 InvalidParameter.DurationSeconds'],
    ['an external id of one character', { ExternalId: 'x' }, '400 InvalidParameter.ExternalId'],
    ['an external id with a space', { ExternalId: 'a b' }, '400 InvalidParameter.ExternalId'],
    ['an external id of 1224', { ExternalId: 'x'.repeat(1224) }, 'accepted'],
    ['an external id of 1225', { ExternalId: 'x'.repeat(1225) }, '400 InvalidParameter.ExternalId'],
    ['a policy that is too long', { Policy: ' '.repeat(2049) }, '400 InvalidParameter.PolicySize'],
    ['a policy that is no JSON', { Policy: '{' }, '400 InvalidParameter.PolicyGrammar'],
    [
      'a policy with a principal',
      { Policy: JSON.stringify(trust({ RAM: '*' })) },
      '400 InvalidParameter.PolicyGrammar',
    ],
    ['an empty policy is none', { Policy: '' }, 'accepted'],
  ])('%s', (_what, parameters, expected) => {
    const { world, assume } = setup();
    expect(refusal(() => assume(parameters))).toBe(expected);
    expect(world.sts.size).toBe(expected === 'accepted' ? 1 : 0);
  });
});

it('the operations are those of STS 2015-04-01, and only one of them makes something', () => {
  for (const { service, version, name, page } of stsOperations) {
    expect([service, version]).toEqual(['sts', '2015-04-01']);
    expect(page).toMatch(new RegExp(`/api-sts-2015-04-01-${name.toLowerCase()}$`));
  }
  expect(stsOperations.map(({ name, kind }) => [name, kind])).toEqual([
    ['AssumeRole', 'write'],
    ['GetCallerIdentity', 'read'],
  ]);
});

describe('who may', () => {
  it('a role that trusts only a service is closed to everybody, whatever their rights', () => {
    const { world, owner, requester, assume } = setup();
    addRole(owner, 'dms-only', trust({ Service: [DMS] }));
    const RoleArn = `acs:ram::${OWNER}:role/dms-only`;
    const all: PolicyStatement = { Effect: 'Allow', Action: '*', Resource: '*' };
    for (const account of [owner, requester]) {
      const user = addUser(account, 'admin', all).caller;
      const role = sessionCaller(account, addRole(account, 'admin', {}, all));
      expect(refusal(() => assume({ RoleArn }, user))).toBe('403 NoPermission');
      expect(refusal(() => assume({ RoleArn }, role))).toBe('403 NoPermission');
    }
    expect(world.sts.size).toBe(0);
  });

  it('a user without the right, with the kind of policy that is to blame', () => {
    const { owner, assume } = setup();
    const { caller } = addUser(owner, 'nobody');
    expect(() => assume({}, caller)).toThrow(
      expect.objectContaining({
        code: 'NoPermission',
        detail: expect.objectContaining({
          AuthAction: 'sts:AssumeRole',
          PolicyType: 'AccountLevelIdentityBasedPolicy',
        }),
      }),
    );
  });

  it('a user whom the role does not trust', () => {
    const { requester, assume } = setup();
    const { caller } = addUser(requester, 'stranger', mayAssume);
    expect(() => assume({}, caller)).toThrow(
      expect.objectContaining({ detail: expect.objectContaining({ PolicyType: 'AssumeRolePolicy' }) }),
    );
  });

  it('the external id opens and its absence closes', () => {
    const { owner, assume } = setup();
    const Condition = { StringEquals: { 'sts:ExternalId': 'the-id' } };
    const [statement] = trust({ RAM: `acs:ram::${OWNER}:root` }).Statement;
    addRole(owner, 'guarded', { Version: '1', Statement: [{ ...statement, Condition }] });
    const RoleArn = `acs:ram::${OWNER}:role/guarded`;
    expect(refusal(() => assume({ RoleArn, ExternalId: 'the-id' }))).toBe('accepted');
    expect(refusal(() => assume({ RoleArn, ExternalId: 'other' }))).toBe('403 NoPermission');
    expect(refusal(() => assume({ RoleArn }))).toBe('403 NoPermission');
  });
});

describe('a service', () => {
  const request = {
    service: DMS,
    roleArn: `acs:ram::${OWNER}:role/for-dms`,
    sessionName: 'dms',
    durationSeconds: 900,
  };

  it('assumes a role that trusts it', () => {
    const { world, owner } = setup();
    addRole(owner, 'for-dms', trust({ Service: [DMS] }), reads);
    const { accessKeyId, expiration } = assumeAsService(world, request);
    expect(expiration).toBe('2026-11-23T10:15:00Z');
    expect(world.sts.session(accessKeyId)?.principal).toMatchObject({
      roleName: 'for-dms',
      sessionName: 'dms',
    });
  });

  it('begins a chain of sessions, of which each knows the first key', () => {
    const { world, owner } = setup();
    const first = addRole(owner, 'for-dms', trust({ Service: [DMS] }), mayAssume);
    addRole(owner, 'next', trust({ RAM: [first.arn] }));
    const { accessKeyId } = assumeAsService(world, request);
    const caller = { ...sessionCaller(owner, first), accessKeyId };
    const next = assume(world, caller, { ...request, roleArn: `acs:ram::${OWNER}:role/next` }).credentials;
    expect([accessKeyId, next.accessKeyId, 'AK'].map((key) => world.sts.originOf(key))).toEqual([
      accessKeyId,
      accessKeyId,
      'AK',
    ]);
    world.weather.kill(next.accessKeyId);
    expect(world.weather.isDead(accessKeyId)).toBe(true);
  });

  it.each([
    ['DMS of another account', { service: `${OWNER}@dms.aliyuncs.com` }, '403 NoPermission'],
    ['another service', { service: `${REQUESTER}@dts.aliyuncs.com` }, '403 NoPermission'],
    ['no such role', { roleArn: `acs:ram::${OWNER}:role/none` }, '404 EntityNotExist.Role'],
    ['too long a session', { durationSeconds: 3601 }, '400 InvalidParameter.DurationSeconds'],
    ['half a second', { durationSeconds: 900.5 }, '400 InvalidParameter.DurationSeconds'],
    ['a wrong session name', { sessionName: '' }, '400 InvalidParameter.RoleSessionName'],
  ])('%s', (_what, changes, expected) => {
    const { world, owner } = setup();
    addRole(owner, 'for-dms', trust({ Service: [DMS] }));
    expect(refusal(() => assumeAsService(world, { ...request, ...changes }))).toBe(expected);
  });

  it('DMS of the owner, written plainly', () => {
    const { world, owner } = setup();
    addRole(owner, 'for-dms', trust({ Service: ['dms.aliyuncs.com'] }));
    const by = (uid: string) =>
      refusal(() => assumeAsService(world, { ...request, service: `${uid}@dms.aliyuncs.com` }));
    expect(by(OWNER)).toBe('accepted');
    expect(by(REQUESTER)).toBe('403 NoPermission');
  });
});

describe('GetCallerIdentity', () => {
  it('of a user', () => {
    const { caller, identity } = setup();
    const { principal } = caller;
    if (principal.type !== 'user') throw new Error('no user');
    expect(identity(caller)).toEqual({
      AccountId: OWNER,
      Arn: `acs:ram::${OWNER}:user/someone`,
      IdentityType: 'RAMUser',
      PrincipalId: principal.userId,
      UserId: principal.userId,
    });
  });

  it('of a session', () => {
    const { owner, role, identity } = setup();
    expect(identity(sessionCaller(owner, role))).toEqual({
      AccountId: OWNER,
      Arn: `acs:ram::${OWNER}:assumed-role/target/test`,
      IdentityType: 'AssumedRoleUser',
      PrincipalId: `${role.id}:test`,
      RoleId: role.id,
    });
  });

  it('is never that of a service, which has no keys', () => {
    const { identity } = setup();
    const service: Caller = {
      accountId: OWNER,
      accessKeyId: '',
      principal: { type: 'service', service: DMS },
    };
    expect(() => identity(service)).toThrow('a service has no keys and cannot call');
  });

  it('needs no right', () => {
    const found = operation('GetCallerIdentity');
    const { world, owner, caller } = setup();
    expect(found.permission({}, { world, account: owner, caller, requestId: 'r' })).toBeNull();
  });
});

describe('SourceIdentity', () => {
  it('is answered, kept in a chain, and cannot be changed on the way', () => {
    const { world, owner, role, assume } = setup();
    const first = assume({ SourceIdentity: 'alice' });
    expect(first.SourceIdentity).toBe('alice');
    const asRole: Caller = { ...sessionCaller(owner, role), accessKeyId: first.Credentials.AccessKeyId };
    const chained = { ...mayAssume, Action: '*' };
    addRole(owner, 'Next', trust({ RAM: [role.arn] }));
    role.attachments = addRole(owner, 'rights', {}, chained).attachments;
    const next = { RoleArn: `acs:ram::${OWNER}:role/next` };
    expect(assume(next, asRole).SourceIdentity).toBe('alice');
    expect(assume({ ...next, SourceIdentity: 'alice' }, asRole).SourceIdentity).toBe('alice');
    expect(() => assume({ ...next, SourceIdentity: 'bob' }, asRole)).toThrow(
      expect.objectContaining({
        status: 400,
        code: 'InvalidParameter.SourceIdentity',
        message: 'The session already has the SourceIdentity alice, which cannot be changed.',
      }),
    );
    expect(world.sts.session(first.Credentials.AccessKeyId)?.sourceIdentity).toBe('alice');
  });

  it('is nowhere if nobody gave one, and is refused if it is malformed', () => {
    const { assume } = setup();
    expect(assume()).not.toHaveProperty('SourceIdentity');
    expect(refusal(() => assume({ SourceIdentity: 'a b' }))).toBe('400 InvalidParameter.SourceIdentity');
  });
});

describe('the account itself', () => {
  const rootOf = ({ owner, world }: ReturnType<typeof setup>) => {
    const { id, secret } = owner.ram.addRootKey();
    const signed = acs3({ accessKeyId: id, accessKeySecret: secret }, world.clock.now());
    return authenticate(world, signed);
  };

  it('signs with a key of its own, and may do everything but assume a role', () => {
    const cloud = setup();
    const root = rootOf(cloud);
    expect(cloud.identity(root)).toEqual({
      AccountId: OWNER,
      Arn: `acs:ram::${OWNER}:root`,
      IdentityType: 'Account',
      PrincipalId: OWNER,
      UserId: OWNER,
    });
    expect(isAllowed(cloud.world, root, { action: 'ram:DeleteRole', resource: ROLE }).allowed).toBe(true);
    expect(refusal(() => cloud.assume({}, root))).toBe('403 NoPermission');
  });

  it('is not held by a control policy', () => {
    const cloud = setup();
    const denied: PolicyStatement = { Effect: 'Deny', Action: '*', Resource: '*' };
    cloud.owner.controlPolicies = [{ Version: '1', Statement: [denied] }];
    const permission = { action: 'ram:GetRole', resource: ROLE };
    expect(isAllowed(cloud.world, rootOf(cloud), permission).allowed).toBe(true);
    expect(isAllowed(cloud.world, cloud.caller, permission).allowed).toBe(false);
  });
});
