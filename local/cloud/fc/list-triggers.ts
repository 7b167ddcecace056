import { describedFunction, type FcOperation, jsonAnswer } from './request.ts';

export const listTriggers: FcOperation = {
  name: 'ListTriggers',
  kind: 'read',
  page: 'ListTriggers - Query the triggers of a function',
  method: 'GET',
  path: /^\/functions\/([^/]+)\/triggers$/,
  permission: (functions, name) => ({
    action: 'fc:ListTriggers',
    resource: `${functions}/${name}/triggers/*`,
  }),
  run: async (call) => jsonAnswer(call, { triggers: describedFunction(call).triggers }),
};
