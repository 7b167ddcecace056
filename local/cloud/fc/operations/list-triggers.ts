import { triggerAnswer } from '../answers.ts';
import { functionOf } from '../find.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';
import { pageOf } from '../paging.ts';

export const listTriggers: FcOperation = {
  name: 'ListTriggers',
  kind: 'read',
  page: 'ListTriggers - Query the triggers of a function',
  method: 'GET',
  path: '/functions/:function/triggers',
  resource: 'functions/:function/triggers/*',
  run: (call) => {
    const fn = functionOf(call);
    const { page, next } = pageOf(call, fn.triggers);
    return jsonAnswer(call, { triggers: page.map((record) => triggerAnswer(fn, record)), ...next });
  },
};
