import { logStoreOf, nothing, onLogStore, projectOf, type SlsOperation } from '../operation.ts';

export const deleteLogStore: SlsOperation = {
  name: 'DeleteLogStore',
  kind: 'write',
  method: 'DELETE',
  path: '/logstores/:logstore',
  inProject: true,
  resource: onLogStore,
  run(call) {
    logStoreOf(call);
    projectOf(call).stores.delete(call.logstore);
    return nothing(call);
  },
};
