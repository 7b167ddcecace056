import { ApiError } from '../../error.ts';
import { indexIn } from '../log-index.ts';
import { logStoreOf, nothing, onLogStore, type SlsOperation } from '../operation.ts';

export const createIndex: SlsOperation = {
  name: 'CreateIndex',
  kind: 'write',
  method: 'POST',
  path: '/logstores/:logstore/index',
  inProject: true,
  resource: onLogStore,
  run(call) {
    const store = logStoreOf(call);
    if (store.index !== null)
      throw new ApiError(400, 'IndexAlreadyExist', 'log store index is already created');
    store.index = indexIn(call);
    return nothing(call);
  },
};
