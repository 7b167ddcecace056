import {
  AttachPolicyToRoleRequest,
  CreatePolicyRequest,
  CreateRoleRequest,
  DeletePolicyRequest,
  DeleteRoleRequest,
  DetachPolicyFromRoleRequest,
  GetRoleRequest,
  ListRolesRequest,
} from '@alicloud/ram20150501';
import { AssumeRoleRequest } from '@alicloud/sts20150401';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Keys, ramClient, stsClient } from './clients.ts';
import { ownTrust, permission, trust } from './documents.ts';
import { refused } from './refused.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const ram = ramClient(cloud);
const sts = stsClient(cloud);

/** A role with that trust, and the rights to these actions. */
async function newRole(what: string, document: string, ...actions: string[]): Promise<string> {
  const name = cloud.name(what);
  const [role, policy] = [{ roleName: name }, { policyName: name }];
  const use = { ...policy, ...role, policyType: 'Custom' };
  cloud.cleanup.add(`role ${name}`, () => ram.deleteRole(new DeleteRoleRequest(role)));
  const request = new CreateRoleRequest({ ...role, assumeRolePolicyDocument: document });
  const { body } = await ram.createRole(request);
  if (actions.length > 0) {
    cloud.cleanup.add(`policy ${name}`, () => ram.deletePolicy(new DeletePolicyRequest(policy)));
    const detach = () => ram.detachPolicyFromRole(new DetachPolicyFromRoleRequest(use));
    cloud.cleanup.add(`attachment of ${name}`, detach);
    const policyDocument = permission(...actions);
    await ram.createPolicy(new CreatePolicyRequest({ ...policy, policyDocument }));
    await cloud.eventually(() => ram.attachPolicyToRole(new AttachPolicyToRoleRequest(use)));
  }
  return body?.role?.arn ?? '';
}

const assume = (roleArn: string, more: object = {}, as = sts) =>
  as.assumeRole(new AssumeRoleRequest({ roleArn, roleSessionName: 'conformance', ...more }));

async function session(roleArn: string, more: object = {}, as = sts): Promise<Required<Keys>> {
  const { body } = await cloud.eventually(() => assume(roleArn, more, as));
  const { accessKeyId = '', accessKeySecret = '', securityToken = '' } = body?.credentials ?? {};
  return { accessKeyId, accessKeySecret, securityToken };
}

const readRoles = (keys: Keys) => ramClient(cloud, keys).listRoles(new ListRolesRequest({ maxItems: 1 }));

describe('GetCallerIdentity', () => {
  it('of the keys of this run', async () => {
    const { body } = await sts.getCallerIdentity();
    expect(body).toMatchObject({ accountId: cloud.uid, arn: expect.stringContaining(`::${cloud.uid}:`) });
    expect(body?.requestId).toMatch(/^[0-9A-F-]{36}$/i);
  });
});

describe('AssumeRole', () => {
  it('opens a session of the role, with its name and its end', async () => {
    const arn = await newRole('open', ownTrust(cloud.uid));
    const before = Date.now();
    const { body } = await cloud.eventually(() => assume(arn, { durationSeconds: 900 }));
    expect(body?.assumedRoleUser?.arn).toBe(
      `acs:ram::${cloud.uid}:role/${cloud.name('open')}/conformance`.replace(':role/', ':assumed-role/'),
    );
    expect(body?.credentials?.accessKeyId).toMatch(/^STS\./);
    expect(body?.credentials?.expiration).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const lasts = Date.parse(body?.credentials?.expiration ?? '') - before;
    expect(Math.abs(lasts - 900_000)).toBeLessThan(120_000);
    const keys = await session(arn);
    const identity = await stsClient(cloud, keys).getCallerIdentity();
    expect(identity.body).toMatchObject({
      accountId: cloud.uid,
      arn: `acs:ram::${cloud.uid}:assumed-role/${cloud.name('open')}/conformance`,
      identityType: 'AssumedRoleUser',
      principalId: expect.stringMatching(/^\d+:conformance$/),
      roleId: expect.stringMatching(/^\d+$/),
    });
  });

  it('a session has the rights of its role', async () => {
    const keys = await session(await newRole('rights', ownTrust(cloud.uid), 'ram:ListRoles'));
    await cloud.eventually(() => readRoles(keys));
    const other = ramClient(cloud, keys).getRole(new GetRoleRequest({ roleName: cloud.name('rights') }));
    const denied: unknown = await other.catch((error: unknown) => error);
    expect(denied).toMatchObject({
      code: 'NoPermission',
      statusCode: 403,
      accessDeniedDetail: {
        AuthAction: 'ram:GetRole',
        AuthPrincipalType: 'AssumedRoleUser',
        AuthPrincipalOwnerId: cloud.uid,
        NoPermissionType: 'ImplicitDeny',
      },
    });
  });

  it('a session policy only takes away', async () => {
    const arn = await newRole('narrow', ownTrust(cloud.uid), 'ram:ListRoles');
    const same = await session(arn, { policy: permission('ram:ListRoles', 'ram:ListUsers') });
    await cloud.eventually(() => readRoles(same));
    const other = await session(arn, { policy: permission('ram:ListUsers') });
    expect(await refused(readRoles(other))).toBe('403 NoPermission');
  });

  it('a role assumes a role', async () => {
    const target = await newRole('chained', ownTrust(cloud.uid));
    const first = await session(await newRole('chain', ownTrust(cloud.uid), 'sts:AssumeRole'));
    const keys = await session(target, {}, stsClient(cloud, first));
    const { body } = await stsClient(cloud, keys).getCallerIdentity();
    expect(body?.arn).toContain(`assumed-role/${cloud.name('chained')}/`);
  });

  it('the external id opens, and its absence closes', async () => {
    const condition = { StringEquals: { 'sts:ExternalId': 'the-id' } };
    const arn = await newRole('external', ownTrust(cloud.uid, condition));
    await session(arn, { externalId: 'the-id' });
    expect(await refused(assume(arn))).toBe('403 NoPermission');
    expect(await refused(assume(arn, { externalId: 'another' }))).toBe('403 NoPermission');
  });

  it('a role that trusts only a service is closed to everybody', async () => {
    const arn = await newRole('closed', trust({ Service: ['1000000000000009@dms.aliyuncs.com'] }));
    await cloud.eventually(() => ram.getRole(new GetRoleRequest({ roleName: cloud.name('closed') })));
    await cloud.eventually(async () => expect(await refused(assume(arn))).toBe('403 NoPermission'));
  });

  it('refuses a role that is not there', async () => {
    const arn = `acs:ram::${cloud.uid}:role/${cloud.name('none')}`;
    expect(await refused(assume(arn))).toBe('404 EntityNotExist.Role');
  });
});

describe('AssumeRole, on a role that is open,', () => {
  let arn = '';
  beforeAll(async () => {
    arn = await newRole('limits', ownTrust(cloud.uid));
    await session(arn);
  });

  it.each<[string, object, RegExp]>([
    ['too short a session', { durationSeconds: 899 }, /^400 InvalidParameter\.DurationSeconds/],
    ['too long a session', { durationSeconds: 3601 }, /^400 InvalidParameter\.DurationSeconds/],
    ['a name of one character', { roleSessionName: 'x' }, /^400 InvalidParameter\.RoleSessionName/],
    ['a name with a space', { roleSessionName: 'a b' }, /^400 InvalidParameter\.RoleSessionName/],
    ['no ARN', { roleArn: 'role' }, /^400 InvalidParameter\.RoleArn/],
    ['a policy that is none', { policy: '{' }, /^400 InvalidParameter\.PolicyGrammar/],
    ['too long a policy', { policy: `{"x":"${'x'.repeat(2048)}"}` }, /^400 InvalidParameter\.PolicySize/],
  ])('refuses %s', async (_what, change, expected) => {
    expect(await refused(assume(arn, change))).toMatch(expected);
  });
});

describe('the token of a session', () => {
  it('must come along, unchanged, and only with its own keys', async () => {
    const arn = await newRole('token', ownTrust(cloud.uid));
    const [keys, others] = [await session(arn), await session(arn)];
    const { accessKeyId, accessKeySecret, securityToken } = keys;
    const identity = (used: Keys) => refused(stsClient(cloud, used).getCallerIdentity());
    expect(await identity(keys)).toBe('accepted');
    expect(await identity({ accessKeyId, accessKeySecret })).toMatch(/^4\d\d /);
    expect(await identity({ ...keys, securityToken: `${securityToken.slice(0, -8)}AAAAAAAA` })).toMatch(
      /^4\d\d InvalidSecurityToken\./,
    );
    expect(await identity({ ...keys, securityToken: others.securityToken })).toMatch(
      /^4\d\d InvalidSecurityToken\./,
    );
  });
});
