import { attachedPolicies } from '../answers.ts';
import { groupNamed } from '../find.ts';
import { groupResource, ramOperation } from '../operation.ts';
import { groupName, parameters } from '../parameters.ts';

/** All policies of a group, without paging, in the order in which they were attached. Errors: `EntityNotExist.Group`. */
export const listPoliciesForGroup = ramOperation({
  name: 'ListPoliciesForGroup',
  kind: 'read',
  input: parameters({ GroupName: groupName }),
  resources: (input, call) => [groupResource(call, input.GroupName)],
  run: (input, call) => attachedPolicies(call.account.ram, groupNamed(call, input.GroupName).attachments),
});
