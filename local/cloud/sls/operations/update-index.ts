import { indexIn, indexOf } from '../log-index.ts';
import { logStoreOf, nothing, onLogStore, type SlsOperation } from '../operation.ts';

export const updateIndex: SlsOperation = {
  name: 'UpdateIndex',
  kind: 'write',
  method: 'PUT',
  path: '/logstores/:logstore/index',
  inProject: true,
  resource: onLogStore,
  run(call) {
    indexOf(call);
    logStoreOf(call).index = indexIn(call);
    return nothing(call);
  },
};
