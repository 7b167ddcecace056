import { shownLogStore } from '../log-store.ts';
import { jsonAnswer, logStoreOf, onLogStore, type SlsOperation } from '../operation.ts';

export const getLogStore: SlsOperation = {
  name: 'GetLogStore',
  kind: 'read',
  method: 'GET',
  path: '/logstores/:logstore',
  inProject: true,
  resource: onLogStore,
  run: (call) => jsonAnswer(call, shownLogStore(call.logstore, logStoreOf(call))),
};
