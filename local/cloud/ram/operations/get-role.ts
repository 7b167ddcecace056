import { roleWithTrust } from '../answers.ts';
import { roleNamed } from '../find.ts';
import { ramOperation, roleResource } from '../operation.ts';
import { parameters, roleName } from '../parameters.ts';

/** A role with its trust document and without its tags. Errors: `EntityNotExist.Role`. */
export const getRole = ramOperation({
  name: 'GetRole',
  kind: 'read',
  input: parameters({ RoleName: roleName }),
  resources: (input, call) => [roleResource(call, input.RoleName)],
  run: (input, call) => ({ Role: roleWithTrust(roleNamed(call, input.RoleName)) }),
});
