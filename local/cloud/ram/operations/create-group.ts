import { newGroup } from '../answers.ts';
import { alreadyExists, limitExceeded } from '../errors.ts';
import { groupResource, ramOperation } from '../operation.ts';
import { comments, groupName, parameters } from '../parameters.ts';
import { key } from '../state.ts';
import type { Group } from '../types.ts';

/** Creates a group without members and rights. Errors: `EntityAlreadyExists.Group`, `LimitExceeded.Group`. */
export const createGroup = ramOperation({
  name: 'CreateGroup',
  kind: 'write',
  input: parameters({ GroupName: groupName, Comments: comments.default('') }),
  resources: (input, call) => [groupResource(call, input.GroupName)],
  run(input, { account, world }) {
    const { ram } = account;
    if (ram.findGroup(input.GroupName) !== undefined) throw alreadyExists('Group');
    if (ram.groups.size >= ram.limits.groups) throw limitExceeded('Group', ram.limits.groups);
    const now = world.clock.now();
    const group: Group = {
      name: input.GroupName,
      id: ram.ids.nextGroup(),
      comments: input.Comments,
      createDate: now,
      updateDate: now,
      members: [],
      attachments: [],
    };
    ram.groups.set(key(group.name), group);
    return { Group: newGroup(group) };
  },
});
