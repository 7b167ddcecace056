import { ApiError } from '../error.ts';

/** The pages of DMS publish no list of codes. Statuses are inferred, and codes where it says so. */

/** The code is known from clients that read it as "there is no such instance" (the Terraform provider). */
export const instanceNotFound = (): ApiError =>
  new ApiError(404, 'InstanceNoEnoughNumber', 'The instance is not registered in DMS.');

/** Code inferred. */
export const alreadyRegistered = (id: string): ApiError =>
  new ApiError(
    409,
    'InstanceAlreadyExist',
    `An instance with this host, port and SID is registered already, as ${id}.`,
  );

/** `name` is the parameter. */
export const invalid = (name: string, message: string): ApiError =>
  new ApiError(400, `InvalidParameter.${name}`, message);

/**
 * Code inferred.
 *
 * Belief dms-codes (inferred): the statuses and codes of DMS here, but for InstanceNoEnoughNumber. Source: none; its
 * pages list no codes. Shown wrong by: conformance openapi-core: DMS Enterprise lists instances, and does not find
 * what is not there.
 */
export const noTenant = (ownerId: string): ApiError =>
  new ApiError(
    403,
    'ResourceOwnerNotLoggedIn',
    `Nobody of account ${ownerId} has logged in to DMS yet: its instances cannot be registered.`,
  );
