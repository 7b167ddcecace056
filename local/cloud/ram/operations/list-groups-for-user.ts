import { date } from '../answers.ts';
import { userNamed } from '../find.ts';
import { ramOperation, userResource } from '../operation.ts';
import { parameters, userName } from '../parameters.ts';

/** The groups that a user is in, without paging, in the order in which they were made. Errors: `EntityNotExist.User`. */
export const listGroupsForUser = ramOperation({
  name: 'ListGroupsForUser',
  kind: 'read',
  input: parameters({ UserName: userName }),
  resources: (input, call) => [userResource(call, input.UserName)],
  run(input, call) {
    const user = userNamed(call, input.UserName);
    const Group = call.account.ram.groupsOf(user).map((group) => ({
      GroupId: group.id,
      GroupName: group.name,
      Comments: group.comments,
      JoinDate: date(group.members.find(({ userId }) => userId === user.id)?.joinDate ?? group.createDate),
    }));
    return { Groups: { Group } };
  },
});
