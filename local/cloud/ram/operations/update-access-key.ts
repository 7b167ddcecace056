import * as z from 'zod';
import { accessKeyOf, namedOrCaller, userNamed } from '../find.ts';
import { ramOperation, userResource } from '../operation.ts';
import { accessKeyId, parameters, userName } from '../parameters.ts';

/** Switches a key on or off. Errors: `EntityNotExist.User`, `EntityNotExist.User.AccessKey`. */
export const updateAccessKey = ramOperation({
  name: 'UpdateAccessKey',
  kind: 'write',
  input: parameters({
    UserName: userName.optional(),
    UserAccessKeyId: accessKeyId,
    Status: z.enum(['Active', 'Inactive']),
  }),
  resources: (input, call) => [userResource(call, namedOrCaller(call, input.UserName))],
  run(input, call) {
    const user = userNamed(call, namedOrCaller(call, input.UserName));
    accessKeyOf(call, user, input.UserAccessKeyId).active = input.Status === 'Active';
    return {};
  },
});
