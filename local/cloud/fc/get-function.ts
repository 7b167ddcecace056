import { describedFunction, type FcOperation, jsonAnswer } from './request.ts';

export const getFunction: FcOperation = {
  name: 'GetFunction',
  kind: 'read',
  page: 'GetFunction - Query information about a function',
  method: 'GET',
  path: /^\/functions\/([^/]+)$/,
  permission: (functions, name) => ({ action: 'fc:GetFunction', resource: `${functions}/${name}` }),
  run: async (call) => jsonAnswer(call, describedFunction(call).configuration),
};
