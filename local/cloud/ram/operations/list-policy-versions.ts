import { policyVersion } from '../answers.ts';
import { policyNamed } from '../find.ts';
import { policyResource, ramOperation } from '../operation.ts';
import { parameters, policyName, policyType } from '../parameters.ts';

/** All versions, oldest first. Errors: `EntityNotExist.Policy`. */
export const listPolicyVersions = ramOperation({
  name: 'ListPolicyVersions',
  kind: 'read',
  input: parameters({ PolicyName: policyName, PolicyType: policyType }),
  resources: (input, call) => [policyResource(call, input.PolicyType, input.PolicyName)],
  run(input, call) {
    const policy = policyNamed(call, input.PolicyType, input.PolicyName);
    return { PolicyVersions: { PolicyVersion: policy.versions.map(policyVersion) } };
  },
});
