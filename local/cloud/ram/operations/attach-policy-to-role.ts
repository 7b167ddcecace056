import { attach } from '../attachments.ts';
import { roleNamed } from '../find.ts';
import { policyResource, ramOperation, roleResource } from '../operation.ts';
import { parameters, policyName, policyType, roleName } from '../parameters.ts';

/**
 * Attaches a policy to a role. The caller needs the right on both.
 * Errors: `EntityNotExist.Role`, `EntityNotExist.Policy`, `EntityAlreadyExists.Role.Policy`, `LimitExceeded.Role.Policy`.
 */
export const attachPolicyToRole = ramOperation({
  name: 'AttachPolicyToRole',
  kind: 'write',
  input: parameters({ PolicyName: policyName, PolicyType: policyType, RoleName: roleName }),
  resources: (input, call) => [
    policyResource(call, input.PolicyType, input.PolicyName),
    roleResource(call, input.RoleName),
  ],
  run: (input, call) => attach(call, 'Role', roleNamed(call, input.RoleName), input),
});
