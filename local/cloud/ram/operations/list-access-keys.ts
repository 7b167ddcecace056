import { accessKeyFacts } from '../answers.ts';
import { namedOrCaller, userNamed } from '../find.ts';
import { ramOperation, userResource } from '../operation.ts';
import { parameters, userName } from '../parameters.ts';

/** The keys of a user, or of the caller, without secrets. Errors: `EntityNotExist.User`. */
export const listAccessKeys = ramOperation({
  name: 'ListAccessKeys',
  kind: 'read',
  input: parameters({ UserName: userName.optional() }),
  resources: (input, call) => [userResource(call, namedOrCaller(call, input.UserName))],
  run(input, call) {
    const user = userNamed(call, namedOrCaller(call, input.UserName));
    return { AccessKeys: { AccessKey: call.account.ram.accessKeysOf(user).map(accessKeyFacts) } };
  },
});
