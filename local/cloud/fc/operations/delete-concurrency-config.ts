import { onDemandConfigNotFound } from '../errors.ts';
import { functionOf } from '../find.ts';
import { type FcOperation, noContent } from '../operation.ts';

/** Back to the limit of the account. Throws 404 `FunctionNotFound` and `OnDemandConfigNotFound`. */
export const deleteConcurrencyConfig: FcOperation = {
  name: 'DeleteConcurrencyConfig',
  kind: 'write',
  page: 'DeleteConcurrencyConfig - Delete the concurrency of a function',
  method: 'DELETE',
  path: '/functions/:function/concurrency',
  resource: 'functions/:function',
  run: (call) => {
    const fn = functionOf(call);
    if (fn.reservedConcurrency === null) throw onDemandConfigNotFound(fn.name);
    fn.reservedConcurrency = null;
    return noContent(call);
  },
};
