import { customPolicy, versionOf } from '../find.ts';
import { policyResource, ramOperation } from '../operation.ts';
import { parameters, policyName, versionId } from '../parameters.ts';

/** Puts a version into effect for every role and user that has the policy. Errors: `EntityNotExist.Policy`, `EntityNotExist.Policy.Version`. */
export const setDefaultPolicyVersion = ramOperation({
  name: 'SetDefaultPolicyVersion',
  kind: 'write',
  input: parameters({ PolicyName: policyName, VersionId: versionId }),
  resources: (input, call) => [policyResource(call, 'Custom', input.PolicyName)],
  run(input, call) {
    const policy = customPolicy(call, input.PolicyName);
    const chosen = versionOf(policy, input.VersionId);
    policy.versions = policy.versions.map((v) => ({ ...v, isDefault: v.id === chosen.id }));
    policy.updateDate = call.world.clock.now();
    return {};
  },
});
