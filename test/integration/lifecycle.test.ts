import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Outcome, outcomeSchema } from '../../events/outcome.ts';
import type { Reply } from '../../events/reply.ts';
import { provision } from '../../functions/provision/provision.ts';
import { isAllowed } from '../../local/cloud/evaluate/index.ts';
import { assume, assumeAsService } from '../../local/cloud/sts/session.ts';
import { ramByHand } from '../../local/ram-by-hand.ts';
import { millis } from '../../shared/runtime/millis.ts';
import { verify } from '../../shared/verification/verify.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { type Direct, direct, laneTopic } from '../kit/direct.ts';
import { sweeper } from '../kit/sweeper.ts';
import { checksThat, type TestCloud, testCloud } from '../kit/test-cloud.ts';
import { DAY, MINUTE } from '../kit/time.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;
const CONSOLE_ROLE = `dms-console-access-${REQUESTER}`;
const SENDER = { source: 'acs:fc:test', ownerUid: OWNER, signInHost: 'signin.aliyun.com' };

describe('in the built functions', () => {
  let cloud: TestCloud;
  beforeEach(async () => {
    cloud = await testCloud();
  });
  afterEach(() => cloud.close());

  const attached = () => cloud.owner.ram.findRole(ROLE)?.attachments.map(({ policyName }) => policyName);
  const dmsMayAssume = () => {
    try {
      assumeAsService(cloud.world, {
        service: `${REQUESTER}@dms.aliyuncs.com`,
        roleArn: `acs:ram::${OWNER}:role/${ROLE}`,
        sessionName: 'dms',
        durationSeconds: 900,
      });
      return true;
    } catch {
      return false;
    }
  };

  it('revoke of one engine attaches the smaller set before it detaches the larger, and proves the denial', async () => {
    await cloud.ask({ requesterUid: REQUESTER, engines: ['redis', 'lindorm'] });
    cloud.forget();
    const reply = await cloud.ask({ requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] });
    expect(reply.data).toMatchObject({
      status: 'revoked',
      engines: ['lindorm'],
      assurance: 'assumed',
      problem: null,
    });
    expect(reply.data.checks).toContainEqual({
      id: 'engine:redis',
      status: 'pass',
      detail: 'taken away: the read is now denied',
      fix: null,
    });
    expect(checksThat(reply, 'pass')).toContain('engine:lindorm');
    expect(cloud.writes().slice(-2)).toEqual(['AttachPolicyToRole', 'DetachPolicyFromRole']);
    expect(attached()).toEqual(['DmsCrossAccountPolicy-lindorm']);
    expect(dmsMayAssume()).toBe(true);
  });

  it('revoke of the whole role takes policies first, then DMS out of the trust, and keeps the record', async () => {
    await cloud.ask({ requesterUid: REQUESTER, engines: ['redis', 'rds'], connections: ['vpc'] });
    cloud.forget();
    const reply = await cloud.ask({ requesterUid: REQUESTER, action: 'revoke' });
    expect(reply.data).toMatchObject({ status: 'revoked', engines: [], connections: [], problem: null });
    expect(reply.data.roleArn).toBe(`acs:ram::${OWNER}:role/${ROLE}`);
    expect(checksThat(reply, 'fail')).toEqual([]);
    expect(checksThat(reply, 'pass')).toEqual(
      expect.arrayContaining(['trust-dms', 'policies-attached', 'engine:redis']),
    );
    expect(cloud.writes()).toEqual(['TagResources', 'DetachPolicyFromRole', 'UpdateRole']);
    expect(attached()).toEqual([]);
    expect(dmsMayAssume()).toBe(false);
    expect(cloud.owner.ram.findRole(ROLE)?.tags.get('dms-closed')).toBeDefined();
  });

  it('after a revoke a new grant opens the role again', async () => {
    await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
    await cloud.ask({ requesterUid: REQUESTER, action: 'revoke' });
    const reply = await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
    expect(reply.data).toMatchObject({ status: 'verified', engines: ['redis'] });
    expect(dmsMayAssume()).toBe(true);
  });

  it('console access: whoever A lets may switch, nobody else; the reply says how', async () => {
    const reply = await cloud.ask({ requesterUid: REQUESTER, access: 'console', users: ['alice'] });
    expect(reply.data).toMatchObject({
      status: 'verified',
      access: 'console',
      assurance: 'assumed',
      engines: [],
    });
    expect(checksThat(reply, 'pass')).toEqual([
      'owner-account',
      'role-exists',
      'ownership',
      'trust-requester',
      'trust-closed',
      'policies-attached',
      'console-policy',
      'assume-role',
      'assume-role-denied',
    ]);
    expect(reply.data.console?.switchRoleUrl).toBe(
      `https://signin.aliyun.com/switchRole.htm?parentAlias=${OWNER}.onaliyun.com&roleName=${CONSOLE_ROLE}`,
    );
    const policy = JSON.stringify(reply.data.console?.requesterPolicy);
    const alice = await userWith(cloud, 'alice', policy);
    const bob = await userWith(cloud, 'bob', policy);
    const carol = await userWith(cloud, 'carol', null);
    expect(maySwitch(cloud, alice)).toBe(true);
    expect(maySwitch(cloud, bob)).toBe(false);
    expect(maySwitch(cloud, carol)).toBe(false);
    expect(
      isAllowed(cloud.world, alice, { action: 'sts:AssumeRole', resource: `acs:ram:*:${OWNER}:role/other` })
        .allowed,
    ).toBe(false);
    expect(
      isAllowed(cloud.world, alice, {
        action: 'ram:GetRole',
        resource: `acs:ram:*:${OWNER}:role/${CONSOLE_ROLE}`,
      }).allowed,
    ).toBe(false);

    const revoked = await cloud.ask({ requesterUid: REQUESTER, access: 'console', action: 'revoke' });
    expect(revoked.data).toMatchObject({ status: 'revoked', console: null });
    expect(maySwitch(cloud, alice)).toBe(false);
  });

  it('the timer takes away what has ended, and the reply says why', async () => {
    await cloud.close();
    cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
    await cloud.ask({ requesterUid: REQUESTER, engines: ['redis', 'gdb'] });
    const Value = 'granted 2020-01-01T00:00:00.000Z until 2020-02-01T00:00:00.000Z';
    await cloud.byHand('TagResources', {
      ResourceType: 'role',
      ResourceNames: JSON.stringify([ROLE]),
      Tag: JSON.stringify([{ Key: 'dms-engine-redis', Value }]),
    });
    await cloud.host.fireTimer('dms-handshake-verify', 'sweep');
    const [reply, ...more] = await cloud.replies();
    expect(more).toEqual([]);
    expect(reply?.data).toMatchObject({ status: 'revoked', engines: ['gdb'], problem: { code: 'expired' } });
    expect(attached()).toEqual(['DmsCrossAccountPolicy-gdb']);
  });

  it('console access for the whole account trusts its users, and no third account', async () => {
    const reply = await cloud.ask({ requesterUid: REQUESTER, access: 'console' });
    const policy = JSON.stringify(reply.data.console?.requesterPolicy);
    const third = cloud.world.addAccount('3333333333333333');
    expect(maySwitch(cloud, await userWith(cloud, 'bob', policy))).toBe(true);
    expect(maySwitch(cloud, await userWith(cloud, 'mallory', policy, third))).toBe(false);
  });
});

describe('over time', () => {
  let at: Direct;
  beforeEach(async () => {
    at = await direct();
  });

  const send = async (
    body: object,
    publishedAt: number = at.clock.now(),
  ): Promise<[Outcome, Reply | null]> => {
    const delivery = {
      body: JSON.stringify(body),
      messageId: `m-${publishedAt}`,
      publishedAt: millis(publishedAt),
      topic: laneTopic(body, 'requesterUid' in body ? String(body.requesterUid) : REQUESTER),
    };
    const outcome = outcomeSchema.parse(await provision(delivery, at.settings, at.provisionPorts()));
    return [outcome, await verify(outcome, at.settings, SENDER, at.verifyPorts())];
  };
  const inMinutes = (minutes: number) => new Date(at.clock.now() + minutes * MINUTE).toISOString();
  const upkeep = (expired: string[] = []) => send({ upkeep: { role: ROLE, expired } });
  const roleOf = () => at.owner.ram.findRole(ROLE);

  it('an expired engine is taken away by upkeep, and the reply says why', async () => {
    const [, granted] = await send({ requesterUid: REQUESTER, engines: ['redis'], expiresAt: inMinutes(60) });
    expect(granted?.data).toMatchObject({ status: 'verified', expiresAt: inMinutes(60) });
    at.clock.advance(MINUTE);
    await send({ requesterUid: REQUESTER, engines: ['gdb'] });
    at.clock.advance(60 * MINUTE);
    const [, reply] = await upkeep(['redis']);
    expect(reply?.data).toMatchObject({
      status: 'revoked',
      requesterUid: REQUESTER,
      engines: ['gdb'],
      problem: { code: 'expired' },
    });
    expect(reply?.data.problem?.detail).toContain('redis ended at 2026-11-23T11:00:00.000Z');
    expect(roleOf()?.attachments.map(({ policyName }) => policyName)).toEqual(['DmsCrossAccountPolicy-gdb']);
  });

  it('upkeep with nothing due changes nothing and tells nobody, whoever sent it', async () => {
    await send({ requesterUid: REQUESTER, engines: ['redis'], expiresAt: inMinutes(60) });
    at.writes.length = 0;
    const [outcome, reply] = await upkeep(['redis']);
    expect([outcome.writes, reply, at.writes]).toEqual([0, null, []]);
    for (const name of ['admin', 'dms-cross-account-', 'dms-cross-account-9', 'DmsCrossAccountPolicy-redis'])
      await send({ upkeep: { role: name } });
    for (const name of ['AdministratorAccess', 'DmsCrossAccountPolicy-redis', 'DmsCrossAccountPolicy-none'])
      await send({ upkeep: { policy: name } });
    expect(at.writes).toEqual([]);
    expect(at.owner.ram.findRole('dms-cross-account-9')).toBeUndefined();
  });

  it('asking again extends; a renewal that arrives after the end still counts', async () => {
    await send({ requesterUid: REQUESTER, engines: ['redis'], expiresAt: inMinutes(60) });
    const renewalPublished = at.clock.now() + 10 * MINUTE;
    at.clock.advance(61 * MINUTE);
    await upkeep(['redis']);
    expect(roleOf()?.attachments).toEqual([]);
    const [, reply] = await send(
      { requesterUid: REQUESTER, engines: ['redis'], expiresAt: inMinutes(60) },
      renewalPublished,
    );
    expect(reply?.data).toMatchObject({ status: 'verified', engines: ['redis'] });
  });

  it('an older request about the same engine changes nothing', async () => {
    const before = at.clock.now() - MINUTE;
    await send({ requesterUid: REQUESTER, engines: ['redis'] });
    at.writes.length = 0;
    const [, reply] = await send({ requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] }, before);
    expect(reply?.data).toMatchObject({
      status: 'rejected',
      engines: ['redis'],
      problem: { code: 'superseded' },
    });
    expect(at.writes).toEqual([]);
  });

  it('a late grant cannot come after a revoke, even if there was no role yet', async () => {
    const early = at.clock.now() - MINUTE;
    await send({ requesterUid: REQUESTER, action: 'revoke' });
    const [, late] = await send({ requesterUid: REQUESTER, engines: ['redis'] }, early);
    expect(late?.data).toMatchObject({ status: 'rejected', problem: { code: 'superseded' } });
    expect(roleOf()?.attachments).toEqual([]);
    expect(roleOf()?.trust).not.toContain('dms.aliyuncs.com');
  });

  it('a closed role is deleted a day later, not before, and its policy a day after that', async () => {
    await send({ requesterUid: REQUESTER, engines: ['redis'] });
    at.clock.advance(MINUTE);
    await send({ requesterUid: REQUESTER, action: 'revoke' });
    at.clock.advance(DAY - MINUTE);
    await upkeep();
    expect(roleOf()).toBeDefined();
    at.clock.advance(2 * MINUTE);
    const [, reply] = await upkeep();
    expect([roleOf(), reply]).toEqual([undefined, null]);
    await send({ upkeep: { policy: 'DmsCrossAccountPolicy-redis' } });
    expect(at.owner.ram.findPolicy('Custom', 'DmsCrossAccountPolicy-redis')).toBeUndefined();
  });

  it('a policy in use, or made today, or not ours is no orphan', async () => {
    const exists = (name: string) =>
      at.owner.ram.findPolicy('Custom', `DmsCrossAccountPolicy-${name}`) !== undefined;
    await send({ requesterUid: REQUESTER, engines: ['redis'] });
    at.clock.advance(2 * DAY);
    await send({ requesterUid: REQUESTER, engines: ['gdb'] });
    at.clock.advance(MINUTE);
    await send({ requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] });
    const PolicyDocument = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"x:y","Resource":"*"}]}';
    await at.byHand('CreatePolicy', { PolicyName: 'DmsCrossAccountPolicy-theirs', PolicyDocument });
    for (const name of ['redis', 'gdb', 'gdb-redis', 'theirs'])
      await send({ upkeep: { policy: `DmsCrossAccountPolicy-${name}` } });
    expect(['redis', 'gdb', 'gdb-redis', 'theirs'].map(exists)).toEqual([false, true, true, true]);
  });

  it('a changed catalogue updates a shared policy once, and rotates out the oldest version', async () => {
    const requesters = ['1000000000000001', '1000000000000011', '1000000000000012'];
    for (const requesterUid of requesters) await send({ requesterUid, engines: ['redis'] });
    const PolicyName = 'DmsCrossAccountPolicy-redis';
    const PolicyDocument =
      '{"Version":"1","Statement":[{"Effect":"Allow","Action":"kvstore:Old","Resource":"*"}]}';
    for (let version = 0; version < 4; version += 1)
      await at.byHand('CreatePolicyVersion', { PolicyName, PolicyDocument, SetAsDefault: 'true' });
    at.writes.length = 0;
    for (const requesterUid of requesters) {
      const [, reply] = await send({ requesterUid, engines: ['redis'] });
      expect(reply?.data.status).toBe('verified');
    }
    expect(at.writes).toEqual(['CreatePolicyVersion']);
    expect(at.owner.ram.findPolicy('Custom', PolicyName)?.versions).toHaveLength(5);
  });

  it('the sweep asks for exactly what is due', async () => {
    const asked: unknown[] = [];
    const sweeping = sweeper(at);
    const sweepNow = async () => {
      const swept = await sweeping.run();
      // What the sweep has remembered is not due: test/integration/sweep.test.ts is about that.
      asked.push(...sweeping.asked.filter((one) => 'role' in one || 'policy' in one));
      await sweeping.deliver();
      return swept;
    };
    await send({ requesterUid: REQUESTER, engines: ['redis'] });
    await send({ requesterUid: '1000000000000011', engines: ['gdb'], expiresAt: inMinutes(90) });
    await send({ requesterUid: '1000000000000012', engines: ['lindorm'] });
    at.clock.advance(MINUTE);
    await send({ requesterUid: '1000000000000012', action: 'revoke' });
    await at.byHand('CreateRole', {
      RoleName: 'dms-cross-account-77',
      AssumeRolePolicyDocument: roleOf()?.trust ?? '',
    });
    expect(await sweepNow()).toMatchObject({ roles: 3, policies: 3, asked: 0 });
    at.clock.advance(2 * 60 * MINUTE);
    await sweepNow();
    expect(asked.splice(0)).toEqual([{ role: 'dms-cross-account-1000000000000011', expired: ['gdb'] }]);
    await sweepNow();
    expect(asked.splice(0)).toEqual([]);
    at.clock.advance(DAY);
    await sweepNow();
    expect(asked.splice(0)).toEqual([
      { role: 'dms-cross-account-1000000000000011', expired: [] },
      { role: 'dms-cross-account-1000000000000012', expired: [] },
      { policy: 'DmsCrossAccountPolicy-gdb' },
      { policy: 'DmsCrossAccountPolicy-lindorm' },
    ]);
    expect(await sweepNow()).toMatchObject({ roles: 1, policies: 1, asked: 0 });
    expect(at.owner.ram.findRole('dms-cross-account-77')).toBeDefined();
  });

  it('a record that would not fit into the tags is refused before anything is written', async () => {
    await send({ requesterUid: REQUESTER, engines: ['redis'] });
    const Tag = JSON.stringify(Array.from({ length: 15 }, (_, n) => ({ Key: `theirs-${n}`, Value: 'x' })));
    await at.byHand('TagResources', { ResourceType: 'role', ResourceNames: JSON.stringify([ROLE]), Tag });
    at.writes.length = 0;
    const [, reply] = await send({
      requesterUid: REQUESTER,
      engines: ['gdb', 'lindorm', 'hologres', 'selectdb'],
    });
    expect(reply?.data).toMatchObject({ status: 'rejected', problem: { code: 'quota-exceeded' } });
    expect(reply?.data.problem?.detail).toContain('21 tags');
    expect(at.writes).toEqual([]);
  });
});

type Caller = Parameters<typeof assume>[1];

async function userWith(
  cloud: TestCloud,
  name: string,
  policy: string | null,
  account = cloud.requester,
): Promise<Caller> {
  await ramByHand(cloud.world, account, 'CreateUser', { UserName: name });
  if (policy !== null) {
    await ramByHand(cloud.world, account, 'CreatePolicy', {
      PolicyName: `switch-${name}`,
      PolicyDocument: policy,
    });
    await ramByHand(cloud.world, account, 'AttachPolicyToUser', {
      PolicyName: `switch-${name}`,
      PolicyType: 'Custom',
      UserName: name,
    });
  }
  const userId = account.ram.findUser(name)?.id ?? '';
  return { accountId: account.uid, accessKeyId: 'x', principal: { type: 'user', userName: name, userId } };
}

function maySwitch(cloud: TestCloud, caller: Caller): boolean {
  const roleArn = `acs:ram::${OWNER}:role/${CONSOLE_ROLE}`;
  try {
    assume(cloud.world, caller, { roleArn, sessionName: 'console', durationSeconds: 900 });
    return true;
  } catch {
    return false;
  }
}
