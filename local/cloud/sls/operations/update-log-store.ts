import { change } from '../log-store.ts';
import { bodyOf, checked, logStoreOf, nothing, onLogStore, type SlsOperation } from '../operation.ts';

/** The number of shards is not changed by it. */
export const updateLogStore: SlsOperation = {
  name: 'UpdateLogStore',
  kind: 'write',
  method: 'PUT',
  path: '/logstores/:logstore',
  inProject: true,
  resource: onLogStore,
  run(call) {
    const store = logStoreOf(call);
    store.settings = { ...store.settings, ...checked(change, bodyOf(call)) };
    store.modifiedAt = call.world.clock.now();
    return nothing(call);
  },
};
