import { groupFacts } from '../answers.ts';
import { groupNamed } from '../find.ts';
import { groupResource, ramOperation } from '../operation.ts';
import { groupName, parameters } from '../parameters.ts';

/** A group; its members are those of ListUsersForGroup. Errors: `EntityNotExist.Group`. */
export const getGroup = ramOperation({
  name: 'GetGroup',
  kind: 'read',
  input: parameters({ GroupName: groupName }),
  resources: (input, call) => [groupResource(call, input.GroupName)],
  run: (input, call) => ({ Group: groupFacts(groupNamed(call, input.GroupName)) }),
});
