import { describe, expect, it } from 'vitest';
import { dmsOperations } from '../../../../local/cloud/dms/index.ts';
import { REQUESTER } from '../../../kit/accounts.ts';
import { allow, dms, required, SECRET, told, without } from './dms.ts';

const MUST = Object.keys(required);

describe('AddInstance', () => {
  it('registers an instance of the own account and says no id', async () => {
    const { add, requester, world } = await dms();
    const answer = await add();
    expect(answer).toEqual({ RequestId: expect.any(String), Success: true });
    expect(requester.dms.instances).toMatchObject([
      { host: required['Host'], port: 3306, type: 'mysql', alias: 'orders', roleArn: null },
    ]);
    expect(world.sts.size).toBe(0);
    expect(world.journal.calls).toMatchObject([
      {
        service: 'dms-enterprise',
        operation: 'AddInstance',
        kind: 'write',
        accountId: REQUESTER,
        status: 200,
      },
    ]);
  });

  it.each(MUST)('requires %s', async (name) => {
    const { call, requester } = await dms();
    const missing = await told(call('AddInstance', without(required, name)));
    expect(missing).toMatchObject({ code: 'MissingParameter', message: expect.stringContaining(name) });
    expect((await told(call('AddInstance', { ...required, [name]: '' }))).code).toBe('MissingParameter');
    expect(requester.dms.instances).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a port that is none', { Port: '65536' }, 'Port'],
    ['a port in words', { Port: 'mysql' }, 'Port'],
    ['no seconds', { QueryTimeout: '0' }, 'QueryTimeout'],
    ['half a second', { ExportTimeout: '0.5' }, 'ExportTimeout'],
    ['an unknown environment', { EnvType: 'production' }, 'EnvType'],
    ['an unknown source', { InstanceSource: 'CLOUD' }, 'InstanceSource'],
    ['an unknown type', { InstanceType: 'toString' }, 'InstanceType'],
    ['an unknown network', { NetworkType: 'INTERNET' }, 'NetworkType'],
    ['an unknown flag', { EnableSellTrust: 'yes' }, 'EnableSellTrust'],
    ['an unknown way of changing schemas', { DdlOnline: '3' }, 'DdlOnline'],
    ['an unknown way of encrypting', { UseSsl: '2' }, 'UseSsl'],
    ['a link name in upper case', { UseDsql: '1', DataLinkName: 'Orders' }, 'DataLinkName'],
    ['a role that is no ARN', { RoleArn: 'for-dms' }, 'RoleArn'],
  ])('refuses %s', async (_what, changes, name) => {
    const { refusal, requester } = await dms();
    expect(await refusal('AddInstance', { ...required, ...changes })).toBe(`400 InvalidParameter.${name}`);
    expect(requester.dms.instances).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['VpcId', { InstanceSource: 'VPC_IDC' }],
    ['EcsInstanceId', { InstanceSource: 'ECS_OWN' }],
    ['EcsInstanceId', { InstanceSource: 'GATEWAY' }],
    ['Sid', { InstanceType: 'oracle' }],
    ['SafeRule', { EnableSellCommon: 'Y' }],
    ['DataLinkName', { UseDsql: '1' }],
  ])('requires %s with %j', async (name, changes) => {
    const { add } = await dms();
    const missing = await told(add(changes));
    expect(missing).toMatchObject({ code: 'MissingParameter', message: expect.stringContaining(name) });
    const given = name === 'DataLinkName' ? 'link' : 'x';
    expect((await told(add({ ...changes, [name]: given }))).code).toBe('accepted');
  });

  it('a self-managed database on the internet needs no region', async () => {
    const { call } = await dms();
    const form = { ...without(required, 'EcsRegion'), InstanceSource: 'PUBLIC_OWN' };
    expect((await told(call('AddInstance', form))).code).toBe('accepted');
  });

  it('refuses the same host, port and SID again, in any letter case, and changes nothing', async () => {
    const { add, refusal, requester } = await dms();
    await add();
    const again = { ...required, Host: 'RM-1.mysql.rds.aliyuncs.com', InstanceAlias: 'other' };
    expect(await refusal('AddInstance', again)).toBe('409 InstanceAlreadyExist');
    await add({ Port: '3307' });
    await add({ Sid: 'other' });
    expect(requester.dms.instances.map(({ alias, port, sid }) => [alias, port, sid])).toEqual([
      ['orders', 3306, ''],
      ['orders', 3307, ''],
      ['orders', 3306, 'other'],
    ]);
  });

  it('a link name belongs to one instance', async () => {
    const { add, refusal } = await dms();
    const link = { UseDsql: '1', DataLinkName: 'orders' };
    await add(link);
    const second = { ...required, ...link, Port: '3307' };
    expect(await refusal('AddInstance', second)).toBe('400 InvalidParameter.DataLinkName');
  });

  it('the password is kept nowhere and told to nobody', async () => {
    const { add, call, world, requester } = await dms();
    await add({ EnableSellCommon: 'Y', SafeRule: 'mysql default' });
    const address = { Host: required['Host'] ?? '', Port: '3306' };
    const answers = [await call('GetInstance', address), await call('ListInstances', {})];
    const refusals = [
      await told(add()),
      await told(add({ Port: 'x' })),
      await told(add({ RoleArn: 'x', Port: '1' })),
    ];
    const seen = JSON.stringify([answers, refusals, requester.dms.instances, world.journal.calls]);
    expect(seen).toContain('"DatabasePassword":"***"');
    expect(seen).not.toContain(SECRET);
  });
});

it.each(dmsOperations.map(({ name }) => name))(
  '%s needs the right of its name and no other',
  async (name) => {
    const form = { ...required, InstanceId: '1', DbaUid: '1', SafeRule: 'rules' };
    const others = dmsOperations.filter((o) => o.name !== name).map((o) => `dms:${o.name}`);
    const none = await dms([allow(...others, 'dms-console:*')]);
    expect(await told(none.call(name, form))).toMatchObject({ code: 'NoPermission', action: `dms:${name}` });
    const one = await dms([allow(`dms:${name}`)]);
    expect((await told(one.call(name, form))).code).not.toBe('NoPermission');
  },
);

it('the system policy AliyunDMSFullAccess holds them all', async () => {
  const { requester } = await dms();
  const policy = requester.ram.findPolicy('System', 'AliyunDMSFullAccess');
  expect(policy?.versions[0]?.document).toContain('"dms:*"');
});
