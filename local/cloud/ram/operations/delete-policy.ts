import { deleteConflict } from '../errors.ts';
import { customPolicy } from '../find.ts';
import { policyResource, ramOperation } from '../operation.ts';
import { boolean, parameters, policyName } from '../parameters.ts';
import { key } from '../state.ts';

/**
 * Deletes a policy that is attached to nothing. `CascadingDelete` takes its versions along; it never detaches.
 * Errors: `EntityNotExist.Policy`, `DeleteConflict.Policy.User`, `DeleteConflict.Policy.Group`,
 * `DeleteConflict.Policy.Role`, `DeleteConflict.Policy.Version`.
 */
export const deletePolicy = ramOperation({
  name: 'DeletePolicy',
  kind: 'write',
  input: parameters({ PolicyName: policyName, CascadingDelete: boolean.default(false) }),
  resources: (input, call) => [policyResource(call, 'Custom', input.PolicyName)],
  run(input, call) {
    const { ram } = call.account;
    const policy = customPolicy(call, input.PolicyName);
    const { roles, users, groups } = ram.attachedTo(policy);
    if (users.length > 0) throw deleteConflict('Policy.User', 'The policy is attached to a user.');
    if (groups.length > 0) throw deleteConflict('Policy.Group', 'The policy is attached to a group.');
    if (roles.length > 0) throw deleteConflict('Policy.Role', 'The policy is attached to a role.');
    if (policy.versions.length > 1 && !input.CascadingDelete) {
      throw deleteConflict('Policy.Version', 'The policy has versions other than the default one.');
    }
    ram.policies.delete(key(policy.name));
    return {};
  },
});
