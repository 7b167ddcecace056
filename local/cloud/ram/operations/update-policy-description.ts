import { date, newPolicy } from '../answers.ts';
import { customPolicy } from '../find.ts';
import { policyResource, ramOperation } from '../operation.ts';
import { newDescription, parameters, policyName } from '../parameters.ts';

/** Describes a custom policy anew; an empty description takes the old one away. Errors: `EntityNotExist.Policy`. */
export const updatePolicyDescription = ramOperation({
  name: 'UpdatePolicyDescription',
  kind: 'write',
  input: parameters({ PolicyName: policyName, NewDescription: newDescription }),
  resources: (input, call) => [policyResource(call, 'Custom', input.PolicyName)],
  run(input, call) {
    const policy = customPolicy(call, input.PolicyName);
    policy.description = input.NewDescription;
    policy.updateDate = call.world.clock.now();
    return { Policy: { ...newPolicy(policy), UpdateDate: date(policy.updateDate) } };
  },
});
