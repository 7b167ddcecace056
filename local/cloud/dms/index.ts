import type { RpcOperation } from '../operation.ts';
import { addInstance } from './add-instance.ts';
import { deleteInstance } from './delete-instance.ts';
import { getInstance } from './get-instance.ts';
import { getUserActiveTenant } from './get-user-active-tenant.ts';
import { listDatabases } from './list-databases.ts';
import { listInstances } from './list-instances.ts';
import { listUserTenants } from './list-user-tenants.ts';
import { listUsers } from './list-users.ts';
import { modifyInstance } from './modify-instance.ts';
import { registerInstance } from './register-instance.ts';
import { syncInstanceMeta } from './sync-instance-meta.ts';

/** The operations of DMS Enterprise, version 2018-11-01, that this cloud knows. */
export const dmsOperations: readonly RpcOperation[] = [
  addInstance,
  deleteInstance,
  getInstance,
  getUserActiveTenant,
  listDatabases,
  listInstances,
  listUserTenants,
  listUsers,
  modifyInstance,
  registerInstance,
  syncInstanceMeta,
];
