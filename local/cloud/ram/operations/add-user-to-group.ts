import { alreadyInGroup, limitExceeded } from '../errors.ts';
import { groupNamed, userNamed } from '../find.ts';
import { groupResource, ramOperation, userResource } from '../operation.ts';
import { groupName, parameters, userName } from '../parameters.ts';

/**
 * Puts a user into a group. The caller needs the right on both.
 * Errors: `EntityNotExist.User`, `EntityNotExist.Group`, `EntityAlreadyExists.User.Group`, `LimitExceeded.User.Group`.
 */
export const addUserToGroup = ramOperation({
  name: 'AddUserToGroup',
  kind: 'write',
  input: parameters({ UserName: userName, GroupName: groupName }),
  resources: (input, call) => [userResource(call, input.UserName), groupResource(call, input.GroupName)],
  run(input, call) {
    const { ram } = call.account;
    const user = userNamed(call, input.UserName);
    const group = groupNamed(call, input.GroupName);
    const groups = ram.groupsOf(user);
    if (groups.includes(group)) throw alreadyInGroup();
    if (groups.length >= ram.limits.groupsPerUser)
      throw limitExceeded('User.Group', ram.limits.groupsPerUser);
    group.members = [...group.members, { userId: user.id, joinDate: call.world.clock.now() }];
    return {};
  },
});
