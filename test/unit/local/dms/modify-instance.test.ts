import { describe, expect, it } from 'vitest';
import { everything } from '../../../kit/two-accounts.ts';
import { allow, dms, ROLE, required, told, without } from './dms.ts';

const address = { Host: required['Host'] ?? '', Port: '3306' };

describe('ModifyInstance', () => {
  it('changes what is given and keeps the rest', async () => {
    const { add, call, requester } = await dms();
    await add();
    await add({ Port: '3307' });
    const [before] = requester.dms.instances;
    const InstanceId = before?.id ?? '';
    const changes = { Port: '3308', InstanceAlias: 'new', QueryTimeout: '7', EnableSellStable: 'Y' };
    expect(await call('ModifyInstance', { InstanceId, ...changes })).toMatchObject({ Success: true });
    const changed = { port: 3308, alias: 'new', queryTimeout: 7, controlMode: 'STABLE' };
    expect(requester.dms.instances.map(({ port }) => port)).toEqual([3308, 3307]);
    expect(requester.dms.byId(InstanceId)).toEqual({ ...before, ...changed });
    const found = await call('GetInstance', { ...address, Port: '3308' });
    expect(found).toMatchObject({ Instance: { InstanceId, DbaId: '270001', DatabaseUser: 'dms' } });
  });

  it.each<[what: string, changes: Record<string, string>, refused: string]>([
    ['an instance that is not there', { InstanceId: '1' }, '404 InstanceNoEnoughNumber'],
    ['the address of another one', { Port: '3307' }, '409 InstanceAlreadyExist'],
    ['the link name of another one', { DataLinkName: 'linked' }, '400 InvalidParameter.DataLinkName'],
    ['a user of no tenant', { DbaId: '1' }, '400 InvalidParameter.DbaId'],
    ['a source that needs more', { InstanceSource: 'VPC_IDC' }, '400 InvalidParameter.VpcId'],
    ['a mode that needs a rule', { EnableSellCommon: 'Y' }, '400 InvalidParameter.SafeRule'],
    ['a port that is none', { Port: '0' }, '400 InvalidParameter.Port'],
  ])('refuses %s, and changes nothing', async (_what, changes, refused) => {
    const { add, refusal, requester } = await dms();
    await add();
    await add({ Port: '3307', UseDsql: '1', DataLinkName: 'linked' });
    const before = structuredClone(requester.dms.instances);
    const InstanceId = before[0]?.id ?? '';
    expect(await refusal('ModifyInstance', { InstanceId, ...changes, InstanceAlias: 'new' })).toBe(refused);
    expect(requester.dms.instances).toEqual(before);
  });

  it('enters the other account again, with the rights that the changed instance needs', async () => {
    const { add, call, grant, requester } = await dms();
    grant(allow('kvstore:*'));
    await add({ RoleArn: ROLE, InstanceType: 'redis' });
    const [before] = requester.dms.instances;
    const InstanceId = before?.id ?? '';
    const moved = call('ModifyInstance', { InstanceId, InstanceType: 'selectdb' });
    expect(await told(moved)).toMatchObject({ code: 'NoPermission' });
    expect(requester.dms.byId(InstanceId)).toEqual(before);
    await call('ModifyInstance', { InstanceId, InstanceAlias: 'new' });
    expect(requester.dms.byId(InstanceId)).toEqual({ ...before, alias: 'new' });
  });
});

describe('RegisterInstance', () => {
  const { DbaId = '', ...described } = without(required, 'EnableSellTrust');
  const older = { ...described, DbaUid: DbaId, SafeRule: 'rules' };

  it('registers an instance of the own account under Security Collaboration', async () => {
    const { call, refusal, requester } = await dms();
    expect(await call('RegisterInstance', older)).toMatchObject({ Success: true });
    expect(requester.dms.instances).toMatchObject([
      { port: 3306, controlMode: 'COMMON', safeRule: 'rules', dbaId: DbaId, roleArn: null },
    ]);
    expect(await refusal('RegisterInstance', older)).toBe('409 InstanceAlreadyExist');
  });

  it.each(['SafeRule', 'DbaUid', 'DatabasePassword', 'InstanceType'])('requires %s', async (name) => {
    const { refusal, requester } = await dms([everything]);
    expect(await refusal('RegisterInstance', without(older, name))).toBe('400 MissingParameter');
    expect(await refusal('RegisterInstance', { ...older, DbaUid: '1' })).toBe('400 InvalidParameter.DbaUid');
    expect(requester.dms.instances).toEqual([]);
  });
});

describe('ListDatabases', () => {
  it('lists none of an instance, as no database exists here', async () => {
    const { add, call, refusal, requester } = await dms();
    await add();
    const InstanceId = requester.dms.instances[0]?.id ?? '';
    expect(await call('ListDatabases', { InstanceId })).toMatchObject({
      Success: true,
      TotalCount: 0,
      DatabaseList: { Database: [] },
    });
    expect(await refusal('ListDatabases', { InstanceId: '1' })).toBe('404 InstanceNoEnoughNumber');
  });
});
