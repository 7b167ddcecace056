import * as z from 'zod';
import { dmsOperation } from './operation.ts';
import { tid } from './parameters.ts';
import { tenantOf } from './tenant.ts';

/** The tenants of the caller: that of its account. Errors: `ResourceOwnerNotLoggedIn`. */
export const listUserTenants = dmsOperation({
  name: 'ListUserTenants',
  kind: 'read',
  input: z.object({ Tid: tid }),
  run: (_input, { account }) => ({ TenantList: [tenantOf(account)] }),
});
