import { attachedPolicies } from '../answers.ts';
import { roleNamed } from '../find.ts';
import { ramOperation, roleResource } from '../operation.ts';
import { parameters, roleName } from '../parameters.ts';

/** All policies of a role, without paging, in the order in which they were attached. Errors: `EntityNotExist.Role`. */
export const listPoliciesForRole = ramOperation({
  name: 'ListPoliciesForRole',
  kind: 'read',
  input: parameters({ RoleName: roleName }),
  resources: (input, call) => [roleResource(call, input.RoleName)],
  run: (input, call) => attachedPolicies(call.account.ram, roleNamed(call, input.RoleName).attachments),
});
