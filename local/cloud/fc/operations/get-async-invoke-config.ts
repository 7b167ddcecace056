import { asyncConfigAnswer } from '../answers.ts';
import { asyncConfigNotExists } from '../errors.ts';
import { functionOf } from '../find.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';

/** Throws 404 `FunctionNotFound` and `AsyncConfigNotExists`. */
export const getAsyncInvokeConfig: FcOperation = {
  name: 'GetAsyncInvokeConfig',
  kind: 'read',
  page: 'GetAsyncInvokeConfig - Query the asynchronous invocation configurations of a function',
  method: 'GET',
  path: '/functions/:function/async-invoke-config',
  action: 'fc:GetFunctionAsyncInvokeConfig',
  resource: 'functions/:function',
  run: (call) => {
    const fn = functionOf(call);
    const config = asyncConfigAnswer(fn);
    if (config === null) throw asyncConfigNotExists(fn.name);
    return jsonAnswer(call, config);
  },
};
