import * as z from 'zod';
import { registered } from './find.ts';
import { dmsOperation } from './operation.ts';
import { address } from './parameters.ts';

/** Takes an instance off the list of DMS; the instance itself is not touched. Errors: `InstanceNoEnoughNumber`. */
export const deleteInstance = dmsOperation({
  name: 'DeleteInstance',
  kind: 'write',
  input: z.object(address),
  run(input, call) {
    call.account.dms.remove(registered(call, input));
    return {};
  },
});
