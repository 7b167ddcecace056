import { notExist } from '../errors.ts';
import { groupNamed, userNamed } from '../find.ts';
import { groupResource, ramOperation, userResource } from '../operation.ts';
import { groupName, parameters, userName } from '../parameters.ts';

/**
 * Takes a user out of a group. The caller needs the right on both.
 * Errors: `EntityNotExist.User`, `EntityNotExist.Group`, `EntityNotExist.User.Group`.
 */
export const removeUserFromGroup = ramOperation({
  name: 'RemoveUserFromGroup',
  kind: 'write',
  input: parameters({ UserName: userName, GroupName: groupName }),
  resources: (input, call) => [userResource(call, input.UserName), groupResource(call, input.GroupName)],
  run(input, call) {
    const { id } = userNamed(call, input.UserName);
    const group = groupNamed(call, input.GroupName);
    const others = group.members.filter(({ userId }) => userId !== id);
    if (others.length === group.members.length) throw notExist.userInGroup();
    group.members = others;
    return {};
  },
});
