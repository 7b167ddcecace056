import { detach } from '../attachments.ts';
import { roleNamed } from '../find.ts';
import { policyResource, ramOperation, roleResource } from '../operation.ts';
import { parameters, policyName, policyType, roleName } from '../parameters.ts';

/**
 * Detaches a policy from a role. The caller needs the right on both.
 * Errors: `EntityNotExist.Role`, `EntityNotExist.Policy`, `EntityNotExist.Role.Policy`.
 */
export const detachPolicyFromRole = ramOperation({
  name: 'DetachPolicyFromRole',
  kind: 'write',
  input: parameters({ PolicyName: policyName, PolicyType: policyType, RoleName: roleName }),
  resources: (input, call) => [
    policyResource(call, input.PolicyType, input.PolicyName),
    roleResource(call, input.RoleName),
  ],
  run: (input, call) => detach(call, 'Role', roleNamed(call, input.RoleName), input),
});
