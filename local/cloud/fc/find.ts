import { functionNotFound } from './errors.ts';
import type { FcCall } from './operation.ts';
import type { FunctionRecord } from './state.ts';

/** Throws `ApiError` 404 `FunctionNotFound`, also for a qualifier other than `LATEST`: there are no versions here. */
export function functionOf({ account, names, request }: FcCall): FunctionRecord {
  if ((request.query.get('qualifier') || 'LATEST') !== 'LATEST') throw functionNotFound(names.function);
  return account.fc.function(names.function);
}
