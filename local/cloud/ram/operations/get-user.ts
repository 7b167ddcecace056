import { userFacts } from '../answers.ts';
import { userNamed } from '../find.ts';
import { ramOperation, userResource } from '../operation.ts';
import { parameters, userName } from '../parameters.ts';

/** A user. Errors: `EntityNotExist.User`. */
export const getUser = ramOperation({
  name: 'GetUser',
  kind: 'read',
  input: parameters({ UserName: userName }),
  resources: (input, call) => [userResource(call, input.UserName)],
  run: (input, call) => ({ User: userFacts(userNamed(call, input.UserName)) }),
});
