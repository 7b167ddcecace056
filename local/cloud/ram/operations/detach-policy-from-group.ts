import { detach } from '../attachments.ts';
import { groupNamed } from '../find.ts';
import { groupResource, policyResource, ramOperation } from '../operation.ts';
import { groupName, parameters, policyName, policyType } from '../parameters.ts';

/**
 * Detaches a policy from a group. The caller needs the right on both.
 * Errors: `EntityNotExist.Group`, `EntityNotExist.Policy`, `EntityNotExist.Group.Policy`.
 */
export const detachPolicyFromGroup = ramOperation({
  name: 'DetachPolicyFromGroup',
  kind: 'write',
  input: parameters({ PolicyName: policyName, PolicyType: policyType, GroupName: groupName }),
  resources: (input, call) => [
    policyResource(call, input.PolicyType, input.PolicyName),
    groupResource(call, input.GroupName),
  ],
  run: (input, call) => detach(call, 'Group', groupNamed(call, input.GroupName), input),
});
