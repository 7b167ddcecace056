import { disarmed } from '../arm.ts';
import { functionOf } from '../find.ts';
import { type FcOperation, noContent } from '../operation.ts';

/** Takes the triggers along, and the events that wait. What runs goes on to its end. Throws 404 `FunctionNotFound`. */
export const deleteFunction: FcOperation = {
  name: 'DeleteFunction',
  kind: 'write',
  page: 'DeleteFunction - Delete a function',
  method: 'DELETE',
  path: '/functions/:function',
  resource: 'functions/:function',
  run: async (call) => {
    const fn = functionOf(call);
    for (const name of [...fn.triggers.keys()]) await disarmed(call, fn, name);
    call.account.fc.remove(fn);
    return noContent(call);
  },
};
