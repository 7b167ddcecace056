import { deleteConflict } from '../errors.ts';
import { roleNamed } from '../find.ts';
import { ramOperation, roleResource } from '../operation.ts';
import { parameters, roleName } from '../parameters.ts';
import { key } from '../state.ts';

/** Deletes a role that has no policies. Errors: `EntityNotExist.Role`, `DeleteConflict.Role.Policy`. */
export const deleteRole = ramOperation({
  name: 'DeleteRole',
  kind: 'write',
  input: parameters({ RoleName: roleName }),
  resources: (input, call) => [roleResource(call, input.RoleName)],
  run(input, call) {
    const role = roleNamed(call, input.RoleName);
    if (role.attachments.length > 0) {
      throw deleteConflict('Role.Policy', 'The role cannot have any attached policies when you delete it.');
    }
    call.account.ram.roles.delete(key(role.name));
    return {};
  },
});
