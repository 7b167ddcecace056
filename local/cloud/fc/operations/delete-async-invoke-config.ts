import { asyncConfigNotExists } from '../errors.ts';
import { functionOf } from '../find.ts';
import { type FcOperation, noContent } from '../operation.ts';

/** Back to the vendor's defaults. Throws 404 `FunctionNotFound` and `AsyncConfigNotExists`. */
export const deleteAsyncInvokeConfig: FcOperation = {
  name: 'DeleteAsyncInvokeConfig',
  kind: 'write',
  page: 'DeleteAsyncInvokeConfig - Delete an asynchronous invocation configuration',
  method: 'DELETE',
  path: '/functions/:function/async-invoke-config',
  action: 'fc:DeleteFunctionAsyncInvokeConfig',
  resource: 'functions/:function',
  run: (call) => {
    const fn = functionOf(call);
    if (fn.asyncConfig === null) throw asyncConfigNotExists(fn.name);
    fn.asyncConfig = null;
    return noContent(call);
  },
};
