import { deleteConflict } from '../errors.ts';
import { groupNamed } from '../find.ts';
import { groupResource, ramOperation } from '../operation.ts';
import { groupName, parameters } from '../parameters.ts';
import { key } from '../state.ts';

/** Deletes a group without members and policies. Errors: `EntityNotExist.Group`, `DeleteConflict.Group.User`, `DeleteConflict.Group.Policy`. */
export const deleteGroup = ramOperation({
  name: 'DeleteGroup',
  kind: 'write',
  input: parameters({ GroupName: groupName }),
  resources: (input, call) => [groupResource(call, input.GroupName)],
  run(input, call) {
    const group = groupNamed(call, input.GroupName);
    if (group.members.length > 0) throw deleteConflict('Group.User', 'The group has users.');
    if (group.attachments.length > 0) throw deleteConflict('Group.Policy', 'The group has policies.');
    call.account.ram.groups.delete(key(group.name));
    return {};
  },
});
