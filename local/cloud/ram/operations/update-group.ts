import { groupFacts } from '../answers.ts';
import { groupNamed } from '../find.ts';
import { groupResource, ramOperation } from '../operation.ts';
import { groupName, newComments, parameters } from '../parameters.ts';
import { rename } from '../rename.ts';

/** Changes what is given and keeps the rest. Errors: `EntityNotExist.Group`, `EntityAlreadyExists.Group`. */
export const updateGroup = ramOperation({
  name: 'UpdateGroup',
  kind: 'write',
  input: parameters({
    GroupName: groupName,
    NewGroupName: groupName.optional(),
    NewComments: newComments.optional(),
  }),
  resources: (input, call) => [groupResource(call, input.GroupName)],
  run(input, call) {
    const group = groupNamed(call, input.GroupName);
    rename(call.account.ram.groups, group, input.NewGroupName, 'Group');
    group.comments = input.NewComments ?? group.comments;
    group.updateDate = call.world.clock.now();
    return { Group: groupFacts(group) };
  },
});
