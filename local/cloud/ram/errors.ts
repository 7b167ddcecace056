import { ApiError } from '../error.ts';

/** The vendor's words where they are published (RAM, "Error codes"). Callers branch on the code. */

export const notExist = {
  role: () => new ApiError(404, 'EntityNotExist.Role', 'The role does not exist.'),
  policy: () => new ApiError(404, 'EntityNotExist.Policy', 'The policy does not exist.'),
  policyVersion: () =>
    new ApiError(404, 'EntityNotExist.Policy.Version', 'The policy version does not exist.'),
  user: () => new ApiError(404, 'EntityNotExist.User', 'The user does not exist.'),
  group: () => new ApiError(404, 'EntityNotExist.Group', 'The group does not exist.'),
  userInGroup: () => new ApiError(404, 'EntityNotExist.User.Group', 'The user is not in the group.'),
  loginProfile: () =>
    new ApiError(404, 'EntityNotExist.User.LoginProfile', 'The login profile does not exist.'),
  mfaDevice: () => new ApiError(404, 'EntityNotExist.User.MFADevice', 'The MFA device does not exist.'),
  accessKey: () => new ApiError(404, 'EntityNotExist.User.AccessKey', 'The AccessKey does not exist.'),
};

/** The kinds of entity that policies are attached to, as the error codes name them. */
export type EntityKind = 'Role' | 'User' | 'Group';

export const notAttached = (entity: EntityKind) =>
  new ApiError(
    404,
    `EntityNotExist.${entity}.Policy`,
    `The policy is not attached to the ${entity.toLowerCase()}.`,
  );

export const alreadyExists = (entity: EntityKind | 'Policy') =>
  new ApiError(409, `EntityAlreadyExists.${entity}`, `The ${entity.toLowerCase()} does already exist.`);

export const alreadyAttached = (entity: EntityKind) =>
  new ApiError(
    409,
    `EntityAlreadyExists.${entity}.Policy`,
    `The ${entity.toLowerCase()} has already been attached this policy.`,
  );

export const alreadyInGroup = () =>
  new ApiError(409, 'EntityAlreadyExists.User.Group', 'The user is already in the group.');

export const limitExceeded = (what: string, limit: number) =>
  new ApiError(409, `LimitExceeded.${what}`, `The count is beyond the current limit of ${limit}.`);

export const badDiagnosticMessage = () =>
  new ApiError(
    400,
    'InvalidParameter.EncodedDiagnosticMessage',
    'The parameter - "EncodedDiagnosticMessage" is no message of this account.',
  );

export const deleteConflict = (what: string, message: string) =>
  new ApiError(409, `DeleteConflict.${what}`, message);
