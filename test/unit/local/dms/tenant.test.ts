import { expect, it } from 'vitest';
import { REQUESTER } from '../../../kit/accounts.ts';
import { dms } from './dms.ts';

const tenant = { Tid: 1, TenantName: REQUESTER, Status: 'ACTIVE' };

it('GetUserActiveTenant and ListUserTenants tell the tenant of the account', async () => {
  const { call } = await dms();
  expect(await call('GetUserActiveTenant', {})).toMatchObject({ Success: true, Tenant: tenant });
  expect(await call('ListUserTenants', {})).toMatchObject({ Success: true, TenantList: [tenant] });
});

it('an account in which nobody has opened DMS has no tenant', async () => {
  const { refusal, requester } = await dms();
  requester.dms.tenant = false;
  expect(await refusal('GetUserActiveTenant', {})).toBe('403 ResourceOwnerNotLoggedIn');
  expect(await refusal('ListUserTenants', {})).toBe('403 ResourceOwnerNotLoggedIn');
});

it('ListUsers tells who they are at Alibaba Cloud, and what they may do', async () => {
  const { call } = await dms();
  expect(await call('ListUsers', { Role: 'DBA' })).toMatchObject({
    TotalCount: 1,
    UserList: {
      User: [
        {
          UserId: '270001',
          Uid: REQUESTER,
          ParentUid: REQUESTER,
          RoleIdList: { RoleIds: [1, 2, 3] },
          RoleNameList: { RoleNames: ['USER', 'DBA', 'ADMIN'] },
        },
      ],
    },
  });
});
