import { defaultVersion, policyFacts, policyVersion } from '../answers.ts';
import { policyNamed } from '../find.ts';
import { policyResource, ramOperation } from '../operation.ts';
import { parameters, policyName, policyType } from '../parameters.ts';

/** A policy, how often it is attached, and the version in effect. Errors: `EntityNotExist.Policy`. */
export const getPolicy = ramOperation({
  name: 'GetPolicy',
  kind: 'read',
  input: parameters({ PolicyName: policyName, PolicyType: policyType }),
  resources: (input, call) => [policyResource(call, input.PolicyType, input.PolicyName)],
  run(input, call) {
    const policy = policyNamed(call, input.PolicyType, input.PolicyName);
    return {
      Policy: policyFacts(policy, call.account.ram.attachmentCount(policy)),
      DefaultPolicyVersion: policyVersion(defaultVersion(policy)),
    };
  },
});
