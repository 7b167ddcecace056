import { functionAnswer } from '../answers.ts';
import { functionOf } from '../find.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';

export const getFunction: FcOperation = {
  name: 'GetFunction',
  kind: 'read',
  page: 'GetFunction - Query information about a function',
  method: 'GET',
  path: '/functions/:function',
  resource: 'functions/:function',
  run: (call) => jsonAnswer(call, functionAnswer(functionOf(call))),
};
