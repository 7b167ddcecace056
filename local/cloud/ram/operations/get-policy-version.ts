import { policyVersion } from '../answers.ts';
import { policyNamed, versionOf } from '../find.ts';
import { policyResource, ramOperation } from '../operation.ts';
import { parameters, policyName, policyType, versionId } from '../parameters.ts';

/** One version with its document. Errors: `EntityNotExist.Policy`, `EntityNotExist.Policy.Version`. */
export const getPolicyVersion = ramOperation({
  name: 'GetPolicyVersion',
  kind: 'read',
  input: parameters({ PolicyName: policyName, PolicyType: policyType, VersionId: versionId }),
  resources: (input, call) => [policyResource(call, input.PolicyType, input.PolicyName)],
  run(input, call) {
    const policy = policyNamed(call, input.PolicyType, input.PolicyName);
    return { PolicyVersion: policyVersion(versionOf(policy, input.VersionId)) };
  },
});
