import { ApiError } from '../error.ts';
import type { Role } from '../ram/state.ts';
import type { World } from '../world.ts';

export interface OwnedRole {
  readonly ownerId: string;
  readonly role: Role;
}

/**
 * Finds the role of an ARN `acs:ram::<uid>:role/<name>`, in whichever account it is; names have no case.
 * Throws `ApiError` 400 `InvalidParameter.RoleArn`, 404 `EntityNotExist.Role` (also for an account nobody has).
 */
export function roleOf(world: World, roleArn: string): OwnedRole {
  const [, ownerId = '', name = ''] = /^acs:ram::(\d+):role\/([A-Za-z0-9.-]{1,64})$/.exec(roleArn) ?? [];
  if (name === '') {
    throw new ApiError(400, 'InvalidParameter.RoleArn', 'The parameter RoleArn is wrongly formed.');
  }
  const role = world.accounts.has(ownerId) ? world.ramAsRead(ownerId).findRole(name) : undefined;
  if (role === undefined) throw new ApiError(404, 'EntityNotExist.Role', 'The specified Role not exists.');
  return { ownerId, role };
}
