import { attach } from '../attachments.ts';
import { groupNamed } from '../find.ts';
import { groupResource, policyResource, ramOperation } from '../operation.ts';
import { groupName, parameters, policyName, policyType } from '../parameters.ts';

/**
 * Attaches a policy to a group. The caller needs the right on both.
 * Errors: `EntityNotExist.Group`, `EntityNotExist.Policy`, `EntityAlreadyExists.Group.Policy`, `LimitExceeded.Group.Policy`.
 */
export const attachPolicyToGroup = ramOperation({
  name: 'AttachPolicyToGroup',
  kind: 'write',
  input: parameters({ PolicyName: policyName, PolicyType: policyType, GroupName: groupName }),
  resources: (input, call) => [
    policyResource(call, input.PolicyType, input.PolicyName),
    groupResource(call, input.GroupName),
  ],
  run: (input, call) => attach(call, 'Group', groupNamed(call, input.GroupName), input),
});
