import * as z from 'zod';
import { policyVersion } from '../answers.ts';
import { parsePermissionDocument } from '../documents.ts';
import { limitExceeded } from '../errors.ts';
import { customPolicy } from '../find.ts';
import { policyResource, ramOperation } from '../operation.ts';
import { boolean, document, parameters, policyName } from '../parameters.ts';
import type { PolicyVersion } from '../types.ts';

/**
 * Adds a version, if wanted in the place of the oldest that is not in effect.
 * Errors: `EntityNotExist.Policy`, `MalformedPolicyDocument`, `LimitExceeded.Policy.Version`.
 */
export const createPolicyVersion = ramOperation({
  name: 'CreatePolicyVersion',
  kind: 'write',
  input: parameters({
    PolicyName: policyName,
    PolicyDocument: document,
    SetAsDefault: boolean.default(false),
    RotateStrategy: z.enum(['None', 'DeleteOldestNonDefaultVersionWhenLimitExceeded']).default('None'),
  }),
  resources: (input, call) => [policyResource(call, 'Custom', input.PolicyName)],
  run(input, call) {
    const { limits } = call.account.ram;
    const parsed = parsePermissionDocument(input.PolicyDocument, limits.policyDocument, 'PolicyDocument');
    const policy = customPolicy(call, input.PolicyName);
    let kept = policy.versions;
    if (kept.length >= limits.versionsPerPolicy) {
      const oldest = kept.find((v) => !v.isDefault);
      if (input.RotateStrategy === 'None' || oldest === undefined) {
        throw limitExceeded('Policy.Version', limits.versionsPerPolicy);
      }
      kept = kept.filter((v) => v !== oldest);
    }
    const now = call.world.clock.now();
    const version: PolicyVersion = {
      id: `v${policy.nextVersion}`,
      document: input.PolicyDocument,
      parsed,
      createDate: now,
      isDefault: input.SetAsDefault,
    };
    const before = input.SetAsDefault ? kept.map((v) => ({ ...v, isDefault: false })) : kept;
    policy.versions = [...before, version];
    policy.nextVersion += 1;
    policy.updateDate = now;
    return { PolicyVersion: policyVersion(version) };
  },
});
