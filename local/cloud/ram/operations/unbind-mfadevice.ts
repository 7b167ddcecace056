import { notExist } from '../errors.ts';
import { userNamed } from '../find.ts';
import { ramOperation, userResource } from '../operation.ts';
import { parameters, userName } from '../parameters.ts';

/** No user has a device here (`delete-login-profile.ts`). Errors: `EntityNotExist.User`, `EntityNotExist.User.MFADevice`. */
export const unbindMFADevice = ramOperation({
  name: 'UnbindMFADevice',
  kind: 'write',
  input: parameters({ UserName: userName }),
  resources: (input, call) => [userResource(call, input.UserName)],
  run(input, call) {
    userNamed(call, input.UserName);
    throw notExist.mfaDevice();
  },
});
