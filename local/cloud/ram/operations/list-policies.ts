import { page, truncation } from '../../paging.ts';
import { fitsTags, tagFilter } from '../../tag-rules.ts';
import { policyFacts, tagList } from '../answers.ts';
import { policyResource, ramOperation } from '../operation.ts';
import { marker, maxItems, parameters, policyType } from '../parameters.ts';
import { key } from '../state.ts';
import { systemPolicies } from '../system-policies.ts';

/** Policies of one type or of both, with their tags, in the order of their names. */
export const listPolicies = ramOperation({
  name: 'ListPolicies',
  kind: 'read',
  input: parameters({
    PolicyType: policyType.optional(),
    Marker: marker,
    MaxItems: maxItems,
    Tag: tagFilter,
  }),
  resources: (_input, call) => [policyResource(call, 'Custom', '*')],
  run(input, { account }) {
    const { ram } = account;
    const matching = [...ram.policies.values(), ...systemPolicies.values()].filter(
      (policy) => (input.PolicyType ?? policy.type) === policy.type && fitsTags(policy.tags, input.Tag),
    );
    const request = { marker: input.Marker, size: input.MaxItems, parameter: 'Marker' } as const;
    // A custom policy may bear the name of a system policy: the type makes the order total.
    const { items, next } = page(matching, (policy) => `${key(policy.name)}/${policy.type}`, request);
    const counts = ram.attachmentCounts();
    const Policy = items.map((policy) => ({
      ...policyFacts(policy, counts(policy)),
      Tags: tagList(policy.tags),
    }));
    return { Policies: { Policy }, ...truncation(next) };
  },
});
