import { jsonAnswer, logStoreOf, onLogStore, type SlsOperation } from '../operation.ts';

export const getLogStoreMeteringMode: SlsOperation = {
  name: 'GetLogStoreMeteringMode',
  kind: 'read',
  method: 'GET',
  path: '/logstores/:logstore/meteringmode',
  inProject: true,
  resource: onLogStore,
  run: (call) => jsonAnswer(call, { meteringMode: logStoreOf(call).meteringMode }),
};
