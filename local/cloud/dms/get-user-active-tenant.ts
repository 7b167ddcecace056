import * as z from 'zod';
import { dmsOperation } from './operation.ts';
import { tid } from './parameters.ts';
import { tenantOf } from './tenant.ts';

/** The tenant that the caller works in. Errors: `ResourceOwnerNotLoggedIn`. */
export const getUserActiveTenant = dmsOperation({
  name: 'GetUserActiveTenant',
  kind: 'read',
  input: z.object({ Tid: tid }),
  run: (_input, { account }) => ({ Tenant: tenantOf(account) }),
});
