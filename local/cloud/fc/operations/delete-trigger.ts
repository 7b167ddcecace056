import { disarmed } from '../arm.ts';
import { type FcOperation, noContent } from '../operation.ts';

/** Unsubscribes, closes the URL or ends the schedule. Throws 404 `FunctionNotFound`, `TriggerNotFound`. */
export const deleteTrigger: FcOperation = {
  name: 'DeleteTrigger',
  kind: 'write',
  page: 'DeleteTrigger - Delete a trigger',
  method: 'DELETE',
  path: '/functions/:function/triggers/:trigger',
  resource: 'functions/:function/triggers/:trigger',
  run: async (call) => {
    await disarmed(call, call.account.fc.function(call.names.function), call.names.trigger);
    return noContent(call);
  },
};
