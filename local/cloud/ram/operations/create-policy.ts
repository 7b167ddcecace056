import { tags } from '../../tag-rules.ts';
import { newPolicy } from '../answers.ts';
import { parsePermissionDocument } from '../documents.ts';
import { alreadyExists, limitExceeded } from '../errors.ts';
import { policyResource, ramOperation } from '../operation.ts';
import { description, document, parameters, policyName } from '../parameters.ts';
import { key } from '../state.ts';
import type { Policy } from '../types.ts';

/** Creates a custom policy with its version `v1`. Errors: `MalformedPolicyDocument`, `EntityAlreadyExists.Policy`, `LimitExceeded.Policy`. */
export const createPolicy = ramOperation({
  name: 'CreatePolicy',
  kind: 'write',
  input: parameters({
    PolicyName: policyName,
    PolicyDocument: document,
    Description: description.default(''),
    Tag: tags.default([]),
  }),
  resources: (input, call) => [policyResource(call, 'Custom', input.PolicyName)],
  run(input, { account, world }) {
    const { ram } = account;
    const parsed = parsePermissionDocument(input.PolicyDocument, ram.limits.policyDocument, 'PolicyDocument');
    if (ram.findPolicy('Custom', input.PolicyName) !== undefined) throw alreadyExists('Policy');
    if (ram.policies.size >= ram.limits.policies) throw limitExceeded('Policy', ram.limits.policies);
    const now = world.clock.now();
    const policy: Policy = {
      name: input.PolicyName,
      type: 'Custom',
      description: input.Description,
      createDate: now,
      updateDate: now,
      versions: [{ id: 'v1', document: input.PolicyDocument, parsed, createDate: now, isDefault: true }],
      nextVersion: 2,
      tags: new Map(input.Tag.map((tag) => [tag.Key, tag.Value])),
    };
    ram.policies.set(key(policy.name), policy);
    return { Policy: newPolicy(policy) };
  },
});
