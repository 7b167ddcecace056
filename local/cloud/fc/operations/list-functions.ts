import { functionAnswer } from '../answers.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';
import { pageOf } from '../paging.ts';

export const listFunctions: FcOperation = {
  name: 'ListFunctions',
  kind: 'read',
  page: 'ListFunctions - Query a list of functions',
  method: 'GET',
  path: '/functions',
  resource: 'functions/*',
  run: (call) => {
    const { page, next } = pageOf(call, call.account.fc.functions);
    return jsonAnswer(call, { functions: page.map(functionAnswer), ...next });
  },
};
