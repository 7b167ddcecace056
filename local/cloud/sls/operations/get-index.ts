import { indexOf } from '../log-index.ts';
import { jsonAnswer, onLogStore, type SlsOperation } from '../operation.ts';

export const getIndex: SlsOperation = {
  name: 'GetIndex',
  kind: 'read',
  method: 'GET',
  path: '/logstores/:logstore/index',
  inProject: true,
  resource: onLogStore,
  run: (call) => jsonAnswer(call, { index_mode: 'v2', storage: 'pg', ...indexOf(call) }),
};
