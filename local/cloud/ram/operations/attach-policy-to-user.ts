import { attach } from '../attachments.ts';
import { userNamed } from '../find.ts';
import { policyResource, ramOperation, userResource } from '../operation.ts';
import { parameters, policyName, policyType, userName } from '../parameters.ts';

/**
 * Attaches a policy to a user. The caller needs the right on both.
 * Errors: `EntityNotExist.User`, `EntityNotExist.Policy`, `EntityAlreadyExists.User.Policy`, `LimitExceeded.User.Policy`.
 */
export const attachPolicyToUser = ramOperation({
  name: 'AttachPolicyToUser',
  kind: 'write',
  input: parameters({ PolicyName: policyName, PolicyType: policyType, UserName: userName }),
  resources: (input, call) => [
    policyResource(call, input.PolicyType, input.PolicyName),
    userResource(call, input.UserName),
  ],
  run: (input, call) => attach(call, 'User', userNamed(call, input.UserName), input),
});
