import { CreateRoleRequest, GetRoleRequest } from '@alicloud/ram20150501';
import { AssumeRoleRequest } from '@alicloud/sts20150401';
import { describe, expect, it } from 'vitest';
import type { RestHandler } from '../../../../local/cloud/http/server.ts';
import { authenticate, authenticateMns } from '../../../../local/cloud/signature/index.ts';
import { assumeAsService } from '../../../../local/cloud/sts/session.ts';
import type { Account, World } from '../../../../local/cloud/world.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { addRole, addUser, everything } from '../../../kit/two-accounts.ts';
import { trustsFc } from '../signature/setup.ts';
import { callApi, fc2Client, mnsClient, popClient, ramClient, refused, stsClient } from './clients.ts';
import { opened } from './setup.ts';

const trust = JSON.stringify({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${OWNER}:root`] } }],
});

describe('@alicloud/ram20150501', () => {
  it('creates a role that is then there', async () => {
    const { door, keys, owner } = await opened();
    const client = ramClient(door, keys);
    const request = new CreateRoleRequest({ roleName: 'Made', assumeRolePolicyDocument: trust });
    const { body } = await client.createRole(request);
    expect(body?.role?.arn).toBe(`acs:ram::${OWNER}:role/made`);
    expect(owner.ram.findRole('made')?.trust).toBe(trust);
    expect((await client.getRole(new GetRoleRequest({ roleName: 'MADE' }))).body?.requestId).toMatch(
      /^[0-9A-F-]{36}$/,
    );
  });

  it('reads the code, the status and the detail of a refusal', async () => {
    const { door, keys } = await opened({ rights: [] });
    const call = ramClient(door, keys).getRole(new GetRoleRequest({ roleName: 'x' }));
    await expect(call).rejects.toMatchObject({
      code: 'NoPermission',
      statusCode: 403,
      accessDeniedDetail: { AuthAction: 'ram:GetRole', PolicyType: 'AccountLevelIdentityBasedPolicy' },
    });
  });

  it('works on the account of the key, whichever door it knocks at', async () => {
    const { door, owner, requester } = await opened();
    const { keys } = addUser(requester, 'guest', everything);
    await ramClient(door, keys).createRole(
      new CreateRoleRequest({ roleName: 'mine', assumeRolePolicyDocument: trust }),
    );
    expect(owner.ram.findRole('mine')).toBeUndefined();
    expect(requester.ram.findRole('mine')?.arn).toBe(`acs:ram::${REQUESTER}:role/mine`);
  });
});

describe('@alicloud/sts20150401', () => {
  it('assumes a role and goes on with its session', async () => {
    const { door, keys, owner } = await opened();
    addRole(owner, 'Target', trust);
    const request = new AssumeRoleRequest({
      roleArn: `acs:ram::${OWNER}:role/Target`,
      roleSessionName: 'probe',
    });
    const { body } = await stsClient(door, keys).assumeRole(request);
    const { accessKeyId = '', accessKeySecret = '', securityToken = '' } = body?.credentials ?? {};
    const identity = await stsClient(door, {
      accessKeyId,
      accessKeySecret,
      securityToken,
    }).getCallerIdentity();
    expect(identity.body?.arn).toBe(`acs:ram::${OWNER}:assumed-role/target/probe`);
  });

  it('a session that is over is told so', async () => {
    const { door, keys, owner, world } = await opened();
    addRole(owner, 'target', trust);
    const request = new AssumeRoleRequest({
      roleArn: `acs:ram::${OWNER}:role/target`,
      roleSessionName: 'probe',
      durationSeconds: 900,
    });
    const { body } = await stsClient(door, keys).assumeRole(request);
    const { accessKeyId = '', accessKeySecret = '', securityToken = '' } = body?.credentials ?? {};
    const session = stsClient(door, { accessKeyId, accessKeySecret, securityToken });
    expect(await refused(session.getCallerIdentity())).toBe('200 accepted');
    const held = world.sts.session(accessKeyId);
    if (held === undefined) throw new Error('no session');
    world.sts.add({ ...held, expiresAt: world.clock.now() });
    expect(await refused(session.getCallerIdentity())).toBe('400 InvalidSecurityToken.Expired');
  });
});

describe('@alicloud/openapi-core', () => {
  it('the query and the form mean the same', async () => {
    const { door, keys, owner } = await opened();
    addRole(owner, 'x', trust);
    const get = { version: '2015-05-01', action: 'GetRole' };
    const [byQuery, byForm] = await Promise.all([
      callApi(door, keys, { ...get, query: { RoleName: 'x' } }),
      callApi(door, keys, { ...get, form: { RoleName: 'x' } }),
    ]);
    expect(byForm['Role']).toMatchObject({ RoleName: 'x' });
    expect(byQuery['Role']).toEqual(byForm['Role']);
  });

  it('values of every kind are signed as they are sent', async () => {
    const { door, keys, owner } = await opened();
    const description = "a+b *~!'()=&?/中文\u00e9 %41";
    const query = { RoleName: 'x', AssumeRolePolicyDocument: trust, Description: description };
    await callApi(door, keys, { version: '2015-05-01', action: 'CreateRole', query });
    expect(owner.ram.findRole('x')?.description).toBe(description);
  });
});

describe('@alicloud/mns', () => {
  const mns: RestHandler = async (world, _account, request) => {
    const { accessKeyId } = authenticateMns(world, request);
    const body = `<Queue><QueueName>${accessKeyId}</QueueName></Queue>`;
    return { status: 200, headers: { 'content-type': 'text/xml;charset=utf-8' }, body };
  };

  it('signs as the door checks', async () => {
    const { door, keys } = await opened({ services: { mns } });
    const answer = await mnsClient(door, keys, OWNER).getQueueAttributes('q');
    expect(JSON.stringify(answer)).toContain(keys.accessKeyId);
  });

  it('with the token of a session', async () => {
    const { door, owner, world } = await opened({ services: { mns } });
    const session = newSession(world, owner);
    const answer = await mnsClient(door, session, OWNER).getQueueAttributes('q');
    expect(JSON.stringify(answer)).toContain(session.accessKeyId);
  });
});

describe('@alicloud/fc2', () => {
  const fc: RestHandler = async (world, _account, request) => {
    const { accessKeyId } = authenticate(world, request);
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ accessKeyId }),
    };
  };

  it.each(['2016-08-15', '2023-03-30'])('version %s signs as the door checks', async (version) => {
    const { door, keys } = await opened({ services: { fc } });
    const client = fc2Client(door, keys, OWNER);
    client.version = version;
    const { data } = await client.post(
      '/functions/f/invocations',
      { a: 1 },
      { 'x-fc-invocation-type': 'Async' },
    );
    expect(data).toEqual({ accessKeyId: keys.accessKeyId });
    expect((await client.get('/functions', { limit: '1' })).data).toEqual({ accessKeyId: keys.accessKeyId });
  });

  it('with the token of a session', async () => {
    const { door, owner, world } = await opened({ services: { fc } });
    const session = newSession(world, owner);
    const { data } = await fc2Client(door, session, OWNER).get('/functions');
    expect(data).toEqual({ accessKeyId: session.accessKeyId });
  });

  it('its signature opens nothing but Function Compute', async () => {
    const { door, keys } = await opened();
    const client = fc2Client(door, keys, OWNER);
    client.endpoint = `${door.url}/?Action=GetCallerIdentity&Version=2015-04-01&x=`;
    await expect(client.get('')).rejects.toThrow('failed with 400');
  });
});

describe('@alicloud/pop-core', () => {
  it.each(['GET', 'POST'] as const)('%s', async (method) => {
    const { door, keys, owner } = await opened();
    addRole(owner, 'x', trust);
    const client = popClient(door, keys, '2015-05-01');
    const answer = await client.request('GetRole', { RoleName: 'x' }, { method });
    expect(answer).toMatchObject({ Role: { RoleName: 'x' } });
    expect(await refused(client.request('GetRole', { RoleName: 'y' }, { method }))).toBe(
      '404 EntityNotExist.Role',
    );
    client.keepAliveAgent.destroy();
  });

  it('a wrong secret', async () => {
    const { door, keys } = await opened();
    const client = popClient(door, { ...keys, accessKeySecret: 'guess' }, '2015-04-01');
    expect(await refused(client.request('GetCallerIdentity'))).toBe('400 SignatureDoesNotMatch');
    client.keepAliveAgent.destroy();
  });
});

function newSession(world: World, owner: Account) {
  addRole(owner, 'runner', trustsFc);
  const roleArn = `acs:ram::${OWNER}:role/runner`;
  return assumeAsService(world, {
    service: 'fc.aliyuncs.com',
    roleArn,
    sessionName: 'run',
    durationSeconds: 900,
  });
}
