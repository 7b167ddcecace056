import { date } from '../answers.ts';
import { accessKeyOf, namedOrCaller, userNamed } from '../find.ts';
import { ramOperation, userResource } from '../operation.ts';
import { accessKeyId, parameters, userName } from '../parameters.ts';

/**
 * When a key last signed a request. The date of one that never did is empty (inferred: the page does not say).
 * Errors: `EntityNotExist.User`, `EntityNotExist.User.AccessKey`.
 */
export const getAccessKeyLastUsed = ramOperation({
  name: 'GetAccessKeyLastUsed',
  kind: 'read',
  input: parameters({ UserName: userName.optional(), UserAccessKeyId: accessKeyId }),
  resources: (input, call) => [userResource(call, namedOrCaller(call, input.UserName))],
  run(input, call) {
    const user = userNamed(call, namedOrCaller(call, input.UserName));
    const { lastUsed } = accessKeyOf(call, user, input.UserAccessKeyId);
    return { AccessKeyLastUsed: { LastUsedDate: lastUsed === null ? '' : date(lastUsed) } };
  },
});
