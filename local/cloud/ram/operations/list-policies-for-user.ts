import { attachedPolicies } from '../answers.ts';
import { userNamed } from '../find.ts';
import { ramOperation, userResource } from '../operation.ts';
import { parameters, userName } from '../parameters.ts';

/** All policies of a user, without paging, in the order in which they were attached. Errors: `EntityNotExist.User`. */
export const listPoliciesForUser = ramOperation({
  name: 'ListPoliciesForUser',
  kind: 'read',
  input: parameters({ UserName: userName }),
  resources: (input, call) => [userResource(call, input.UserName)],
  run: (input, call) => attachedPolicies(call.account.ram, userNamed(call, input.UserName).attachments),
});
