import { accessKeyFacts } from '../answers.ts';
import { limitExceeded } from '../errors.ts';
import { namedOrCaller, userNamed } from '../find.ts';
import { ramOperation, userResource } from '../operation.ts';
import { parameters, userName } from '../parameters.ts';

/** Makes a key; the only answer that ever holds its secret. Errors: `EntityNotExist.User`, `LimitExceeded.User.AccessKey`. */
export const createAccessKey = ramOperation({
  name: 'CreateAccessKey',
  kind: 'write',
  input: parameters({ UserName: userName.optional() }),
  resources: (input, call) => [userResource(call, namedOrCaller(call, input.UserName))],
  run(input, call) {
    const { ram } = call.account;
    const user = userNamed(call, namedOrCaller(call, input.UserName));
    const limit = ram.limits.accessKeysPerUser;
    if (ram.accessKeysOf(user).length >= limit) throw limitExceeded('User.AccessKey', limit);
    const key = ram.addAccessKey(user);
    return { AccessKey: { ...accessKeyFacts(key), AccessKeySecret: key.secret } };
  },
});
