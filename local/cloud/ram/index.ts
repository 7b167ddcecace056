import type { RpcOperation } from '../operation.ts';
import { attachPolicyToRole } from './operations/attach-policy-to-role.ts';
import { attachPolicyToUser } from './operations/attach-policy-to-user.ts';
import { createAccessKey } from './operations/create-access-key.ts';
import { createPolicy } from './operations/create-policy.ts';
import { createPolicyVersion } from './operations/create-policy-version.ts';
import { createRole } from './operations/create-role.ts';
import { createUser } from './operations/create-user.ts';
import { deleteAccessKey } from './operations/delete-access-key.ts';
import { deletePolicy } from './operations/delete-policy.ts';
import { deletePolicyVersion } from './operations/delete-policy-version.ts';
import { deleteRole } from './operations/delete-role.ts';
import { deleteUser } from './operations/delete-user.ts';
import { detachPolicyFromRole } from './operations/detach-policy-from-role.ts';
import { detachPolicyFromUser } from './operations/detach-policy-from-user.ts';
import { getPolicy } from './operations/get-policy.ts';
import { getPolicyVersion } from './operations/get-policy-version.ts';
import { getRole } from './operations/get-role.ts';
import { getUser } from './operations/get-user.ts';
import { listAccessKeys } from './operations/list-access-keys.ts';
import { listEntitiesForPolicy } from './operations/list-entities-for-policy.ts';
import { listPolicies } from './operations/list-policies.ts';
import { listPoliciesForRole } from './operations/list-policies-for-role.ts';
import { listPoliciesForUser } from './operations/list-policies-for-user.ts';
import { listPolicyVersions } from './operations/list-policy-versions.ts';
import { listRoles } from './operations/list-roles.ts';
import { listTagResources } from './operations/list-tag-resources.ts';
import { listUsers } from './operations/list-users.ts';
import { setDefaultPolicyVersion } from './operations/set-default-policy-version.ts';
import { tagResources } from './operations/tag-resources.ts';
import { untagResources } from './operations/untag-resources.ts';
import { updateAccessKey } from './operations/update-access-key.ts';
import { updateRole } from './operations/update-role.ts';

/** Every RAM operation that this cloud knows. Any other is refused at the door. */
export const ramOperations: readonly RpcOperation[] = [
  createRole,
  getRole,
  updateRole,
  listRoles,
  deleteRole,
  createPolicy,
  getPolicy,
  listPolicies,
  createPolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  deletePolicyVersion,
  setDefaultPolicyVersion,
  deletePolicy,
  attachPolicyToRole,
  detachPolicyFromRole,
  listPoliciesForRole,
  attachPolicyToUser,
  detachPolicyFromUser,
  listPoliciesForUser,
  listEntitiesForPolicy,
  tagResources,
  untagResources,
  listTagResources,
  createUser,
  getUser,
  listUsers,
  deleteUser,
  createAccessKey,
  listAccessKeys,
  updateAccessKey,
  deleteAccessKey,
];
