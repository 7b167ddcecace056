import { expect, it } from 'vitest';
import { REQUESTER } from '../../../kit/accounts.ts';
import { dms, type Parameters, required } from './dms.ts';

const address = { Host: required['Host'] ?? '', Port: '3306' };

const plain = {
  InstanceId: '1880001',
  InstanceAlias: 'orders',
  InstanceType: 'mysql',
  InstanceSource: 'RDS',
  State: 'NORMAL',
  EnvType: 'test',
  Host: 'rm-1.mysql.rds.aliyuncs.com',
  Port: 3306,
  Sid: '',
  DatabaseUser: 'dms',
  DatabasePassword: '***',
  QueryTimeout: 60,
  ExportTimeout: 600,
  EcsRegion: 'cn-hangzhou',
  EcsInstanceId: '',
  VpcId: '',
  DbaId: '270001',
  DbaNickName: '',
  DataLinkName: '',
  DdlOnline: 0,
  UseDsql: 0,
  SafeRuleId: '',
  SellSitd: false,
  StandardGroup: { GroupMode: 'NONE_CONTROL', GroupName: '' },
  OwnerIdList: { OwnerIds: [] },
  OwnerNameList: { OwnerNames: [] },
};

it.each<[given: Parameters, shown: object]>([
  [{}, plain],
  [{ EnableSellSitd: 'N', EnableSellCommon: 'N', EnableSellStable: 'N' }, plain],
  [
    {
      EcsInstanceId: 'i-1',
      VpcId: 'vpc-1',
      UseDsql: '1',
      DataLinkName: 'link_one',
      DdlOnline: '2',
      EnableSellSitd: 'Y',
      EnableSellCommon: 'Y',
      SafeRule: 'rules',
    },
    {
      ...plain,
      EcsInstanceId: 'i-1',
      VpcId: 'vpc-1',
      UseDsql: 1,
      DataLinkName: 'link_one',
      DdlOnline: 2,
      SellSitd: true,
      StandardGroup: { GroupMode: 'COMMON', GroupName: 'rules' },
    },
  ],
  [{ EnableSellStable: 'Y' }, { ...plain, StandardGroup: { GroupMode: 'STABLE', GroupName: '' } }],
])('an instance with %j is shown whole, and stays so when it gets another name', async (given, shown) => {
  const { add, call, requester } = await dms();
  await add(given);
  const id = { RequestId: expect.any(String), Success: true };
  expect(await call('GetInstance', address)).toEqual({ ...id, Instance: shown });
  expect(await call('ListInstances', {})).toEqual({
    ...id,
    TotalCount: 1,
    InstanceList: { Instance: [shown] },
  });
  const [before] = requester.dms.instances;
  await call('ModifyInstance', { InstanceId: '1880001', InstanceAlias: 'new' });
  expect(requester.dms.instances).toEqual([{ ...before, alias: 'new' }]);
});

it('users are found by role, state and name, in pages', async () => {
  const { call, requester } = await dms();
  requester.dms.users.push(
    { id: '270002', nickName: 'second', uid: '42', roles: ['USER'], state: 'DISABLE' },
    { id: '270003', nickName: 'third', uid: '43', roles: ['DBA'], state: 'DELETE' },
  );
  const answer = (form: Parameters) => call('ListUsers', form) as Promise<{ UserList: { User: object[] } }>;
  const ids = async (form: Parameters) =>
    (await answer(form)).UserList.User.map((user) => Reflect.get(user, 'UserId'));
  const rows: [form: Parameters, found: string[]][] = [
    [{}, ['270001', '270002', '270003']],
    [{ Role: 'USER' }, ['270001', '270002']],
    [{ Role: 'DBA' }, ['270001', '270003']],
    [{ Role: 'ADMIN' }, ['270001']],
    [{ UserState: 'NORMAL' }, ['270001']],
    [{ UserState: 'DISABLE' }, ['270002']],
    [{ UserState: 'DELETE' }, ['270003']],
    [{ SearchKey: 'ir' }, ['270001', '270003']],
    [{ PageSize: '1', PageNumber: '2' }, ['270002']],
    [{ PageSize: '2', PageNumber: '2' }, ['270003']],
    [{ PageSize: '2' }, ['270001', '270002']],
  ];
  for (const [form, found] of rows) expect(await ids(form), JSON.stringify(form)).toEqual(found);
  expect(await answer({ PageSize: '1' })).toEqual({
    RequestId: expect.any(String),
    Success: true,
    TotalCount: 3,
    UserList: {
      User: [
        {
          UserId: '270001',
          Uid: REQUESTER,
          ParentUid: REQUESTER,
          NickName: 'first',
          State: 'NORMAL',
          RoleIdList: { RoleIds: [1, 2, 3] },
          RoleNameList: { RoleNames: ['USER', 'DBA', 'ADMIN'] },
        },
      ],
    },
  });
});

it('ids only grow, so that the order of registration stays when an instance goes', async () => {
  const { add, call, requester } = await dms();
  await add();
  await add({ Port: '3307' });
  await call('DeleteInstance', address);
  await add();
  expect(requester.dms.instances.map(({ id, port }) => [id, port])).toEqual([
    ['1880002', 3307],
    ['1880003', 3306],
  ]);
});
