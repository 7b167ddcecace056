import { ApiError } from '../error.ts';

/** The vendor's words where they are published (RAM, "Error codes"). Callers branch on the code. */

export const notExist = {
  role: () => new ApiError(404, 'EntityNotExist.Role', 'The role does not exist.'),
  policy: () => new ApiError(404, 'EntityNotExist.Policy', 'The policy does not exist.'),
  policyVersion: () =>
    new ApiError(404, 'EntityNotExist.Policy.Version', 'The policy version does not exist.'),
  user: () => new ApiError(404, 'EntityNotExist.User', 'The user does not exist.'),
  accessKey: () => new ApiError(404, 'EntityNotExist.User.AccessKey', 'The AccessKey does not exist.'),
};

export const notAttached = (entity: 'Role' | 'User') =>
  new ApiError(
    404,
    `EntityNotExist.${entity}.Policy`,
    `The policy is not attached to the ${entity.toLowerCase()}.`,
  );

export const alreadyExists = (entity: 'Role' | 'Policy' | 'User') =>
  new ApiError(409, `EntityAlreadyExists.${entity}`, `The ${entity.toLowerCase()} does already exist.`);

export const alreadyAttached = (entity: 'Role' | 'User') =>
  new ApiError(
    409,
    `EntityAlreadyExists.${entity}.Policy`,
    `The ${entity.toLowerCase()} has already been attached this policy.`,
  );

export const limitExceeded = (what: string, limit: number) =>
  new ApiError(409, `LimitExceeded.${what}`, `The count is beyond the current limit of ${limit}.`);

export const deleteConflict = (what: string, message: string) =>
  new ApiError(409, `DeleteConflict.${what}`, message);
