import { triggerAnswer } from '../answers.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';

export const getTrigger: FcOperation = {
  name: 'GetTrigger',
  kind: 'read',
  page: 'GetTrigger - Query the information about a trigger',
  method: 'GET',
  path: '/functions/:function/triggers/:trigger',
  resource: 'functions/:function/triggers/:trigger',
  run: (call) => {
    const { fc } = call.account;
    const { function: name, trigger } = call.names;
    return jsonAnswer(call, triggerAnswer(fc.function(name), fc.trigger(name, trigger)));
  },
};
