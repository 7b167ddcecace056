import type { Millis } from '../../../../shared/runtime/clock.ts';
import { date } from '../answers.ts';
import { policyNamed } from '../find.ts';
import { policyResource, ramOperation } from '../operation.ts';
import { parameters, policyName, policyType } from '../parameters.ts';
import { attachmentOf } from '../state.ts';
import type { Entity, Policy } from '../types.ts';

/** Who has a policy. Errors: `EntityNotExist.Policy`. */
export const listEntitiesForPolicy = ramOperation({
  name: 'ListEntitiesForPolicy',
  kind: 'read',
  input: parameters({ PolicyName: policyName, PolicyType: policyType }),
  resources: (input, call) => [policyResource(call, input.PolicyType, input.PolicyName)],
  run(input, call) {
    const policy = policyNamed(call, input.PolicyType, input.PolicyName);
    const { roles, users, groups } = call.account.ram.attachedTo(policy);
    return {
      Groups: {
        Group: groups.map((group) => ({
          AttachDate: date(attachedAt(group, policy)),
          Comments: group.comments,
          GroupName: group.name,
        })),
      },
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

function attachedAt(entity: Entity, policy: Policy): Millis {
  return attachmentOf(entity, policy)?.attachDate ?? entity.createDate;
}
