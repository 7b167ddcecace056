import { indexOf } from '../log-index.ts';
import { logStoreOf, nothing, onLogStore, type SlsOperation } from '../operation.ts';

export const deleteIndex: SlsOperation = {
  name: 'DeleteIndex',
  kind: 'write',
  method: 'DELETE',
  path: '/logstores/:logstore/index',
  inProject: true,
  resource: onLogStore,
  run(call) {
    indexOf(call);
    logStoreOf(call).index = null;
    return nothing(call);
  },
};
