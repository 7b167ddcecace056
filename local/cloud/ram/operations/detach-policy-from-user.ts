import { detach } from '../attachments.ts';
import { userNamed } from '../find.ts';
import { policyResource, ramOperation, userResource } from '../operation.ts';
import { parameters, policyName, policyType, userName } from '../parameters.ts';

/**
 * Detaches a policy from a user. The caller needs the right on both.
 * Errors: `EntityNotExist.User`, `EntityNotExist.Policy`, `EntityNotExist.User.Policy`.
 */
export const detachPolicyFromUser = ramOperation({
  name: 'DetachPolicyFromUser',
  kind: 'write',
  input: parameters({ PolicyName: policyName, PolicyType: policyType, UserName: userName }),
  resources: (input, call) => [
    policyResource(call, input.PolicyType, input.PolicyName),
    userResource(call, input.UserName),
  ],
  run: (input, call) => detach(call, 'User', userNamed(call, input.UserName), input),
});
