import { accessKeyOf, namedOrCaller, userNamed } from '../find.ts';
import { ramOperation, userResource } from '../operation.ts';
import { accessKeyId, parameters, userName } from '../parameters.ts';

/** Deletes a key. Errors: `EntityNotExist.User`, `EntityNotExist.User.AccessKey`. */
export const deleteAccessKey = ramOperation({
  name: 'DeleteAccessKey',
  kind: 'write',
  input: parameters({ UserName: userName.optional(), UserAccessKeyId: accessKeyId }),
  resources: (input, call) => [userResource(call, namedOrCaller(call, input.UserName))],
  run(input, call) {
    const user = userNamed(call, namedOrCaller(call, input.UserName));
    call.account.ram.accessKeys.delete(accessKeyOf(call, user, input.UserAccessKeyId).id);
    return {};
  },
});
