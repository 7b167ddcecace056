import { deleteConflict } from '../errors.ts';
import { customPolicy, versionOf } from '../find.ts';
import { policyResource, ramOperation } from '../operation.ts';
import { parameters, policyName, versionId } from '../parameters.ts';

/**
 * Deletes a version that is not in effect.
 * Errors: `EntityNotExist.Policy`, `EntityNotExist.Policy.Version`, `DeleteConflict.Policy.Version.Default`.
 */
export const deletePolicyVersion = ramOperation({
  name: 'DeletePolicyVersion',
  kind: 'write',
  input: parameters({ PolicyName: policyName, VersionId: versionId }),
  resources: (input, call) => [policyResource(call, 'Custom', input.PolicyName)],
  run(input, call) {
    const policy = customPolicy(call, input.PolicyName);
    const version = versionOf(policy, input.VersionId);
    if (version.isDefault) {
      throw deleteConflict('Policy.Version.Default', 'You cannot delete the default policy version.');
    }
    policy.versions = policy.versions.filter((v) => v !== version);
    policy.updateDate = call.world.clock.now();
    return {};
  },
});
