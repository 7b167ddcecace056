import { ApiError } from '../../error.ts';
import { creation } from '../log-store.ts';
import { bodyOf, checked, named, nothing, projectOf, type SlsOperation } from '../operation.ts';
import { newLogStore } from '../state.ts';

export const createLogStore: SlsOperation = {
  name: 'CreateLogStore',
  kind: 'write',
  method: 'POST',
  path: '/logstores',
  inProject: true,
  resource: (call) => `project/${call.project}/logstore/${named(call, 'logstoreName')}`,
  run(call) {
    const { stores } = projectOf(call);
    const { logstoreName, ...settings } = checked(creation, bodyOf(call));
    if (stores.has(logstoreName))
      throw new ApiError(400, 'LogStoreAlreadyExist', `logstore ${logstoreName} already exists`);
    stores.set(logstoreName, newLogStore(call.world.clock.now(), settings));
    return nothing(call);
  },
};
