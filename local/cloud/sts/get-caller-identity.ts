import * as z from 'zod';
import type { Caller } from '../caller.ts';
import { rpcOperation } from '../operation.ts';

/** GetCallerIdentity: who signed. It needs no permission, and a session policy does not close it. */
export const getCallerIdentity = rpcOperation({
  service: 'sts',
  version: '2015-04-01',
  name: 'GetCallerIdentity',
  kind: 'read',
  page: 'https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity',
  input: z.object({}),
  permission: () => null,
  run: (_input, { caller }) => ({ AccountId: caller.accountId, ...identityOf(caller) }),
});

function identityOf({ accountId, principal }: Caller): object {
  switch (principal.type) {
    case 'user':
      return {
        Arn: `acs:ram::${accountId}:user/${principal.userName}`,
        IdentityType: 'RAMUser',
        PrincipalId: principal.userId,
        UserId: principal.userId,
      };
    case 'role':
      return {
        Arn: `acs:ram::${accountId}:assumed-role/${principal.roleName.toLowerCase()}/${principal.sessionName}`,
        IdentityType: 'AssumedRoleUser',
        PrincipalId: `${principal.roleId}:${principal.sessionName}`,
        RoleId: principal.roleId,
      };
    case 'root':
      return {
        Arn: `acs:ram::${accountId}:root`,
        IdentityType: 'Account',
        PrincipalId: accountId,
        UserId: accountId,
      };
    case 'service':
      throw new Error('a service has no keys and cannot call');
  }
}
