import type { Millis } from '../../../../shared/runtime/clock.ts';
import { date } from '../answers.ts';
import { policyNamed } from '../find.ts';
import { policyResource, ramOperation } from '../operation.ts';
import { parameters, policyName, policyType } from '../parameters.ts';
import { attachmentOf } from '../state.ts';
import type { Policy, Role, User } from '../types.ts';

/** Who has a policy. Groups do not exist here: their list is always empty. Errors: `EntityNotExist.Policy`. */
export const listEntitiesForPolicy = ramOperation({
  name: 'ListEntitiesForPolicy',
  kind: 'read',
  input: parameters({ PolicyName: policyName, PolicyType: policyType }),
  resources: (input, call) => [policyResource(call, input.PolicyType, input.PolicyName)],
  run(input, call) {
    const policy = policyNamed(call, input.PolicyType, input.PolicyName);
    const { roles, users } = call.account.ram.attachedTo(policy);
    return {
      Groups: { Group: [] },
      Roles: {
        Role: roles.map((role) => ({
          Arn: role.arn,
          AttachDate: date(attachedAt(role, policy)),
          Description: role.description,
          RoleId: role.id,
          RoleName: role.name,
        })),
      },
      Users: {
        User: users.map((user) => ({
          AttachDate: date(attachedAt(user, policy)),
          DisplayName: user.displayName,
          UserId: user.id,
          UserName: user.name,
        })),
      },
    };
  },
});

function attachedAt(entity: Role | User, policy: Policy): Millis {
  return attachmentOf(entity, policy)?.attachDate ?? entity.createDate;
}
