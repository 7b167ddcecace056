import { notExist } from '../errors.ts';
import { userNamed } from '../find.ts';
import { ramOperation, userResource } from '../operation.ts';
import { parameters, userName } from '../parameters.ts';

/**
 * Nobody logs in to a console here, so that no user has a profile: what deletes a user with all that it may have (the
 * Terraform provider) hears that there is none. Errors: `EntityNotExist.User`, `EntityNotExist.User.LoginProfile`.
 */
export const deleteLoginProfile = ramOperation({
  name: 'DeleteLoginProfile',
  kind: 'write',
  input: parameters({ UserName: userName }),
  resources: (input, call) => [userResource(call, input.UserName)],
  run(input, call) {
    userNamed(call, input.UserName);
    throw notExist.loginProfile();
  },
});
