import * as z from 'zod';
import { registered } from './find.ts';
import { instanceAnswer } from './instance-answer.ts';
import { dmsOperation } from './operation.ts';
import { address } from './parameters.ts';

/** One instance by host, port and SID. `RoleArn` is not among the answer. Errors: `InstanceNoEnoughNumber`. */
export const getInstance = dmsOperation({
  name: 'GetInstance',
  kind: 'read',
  input: z.object(address),
  run: (input, call) => ({ Instance: instanceAnswer(registered(call, input)) }),
});
