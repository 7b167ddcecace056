import { jsonAnswer, logStoreOf, onLogStore, queryOf, type SlsOperation } from '../operation.ts';
import { readLogs } from '../read-logs.ts';

/** What older clients call. An answer is always complete. */
export const getLogs: SlsOperation = {
  name: 'GetLogs',
  kind: 'read',
  method: 'GET',
  path: '/logstores/:logstore',
  inProject: true,
  query: ['from', 'to'],
  action: 'log:GetLogStoreLogs',
  resource: onLogStore,
  run(call) {
    const data = readLogs(logStoreOf(call).lines, queryOf(call));
    return jsonAnswer(call, data, { 'x-log-progress': 'Complete', 'x-log-count': String(data.length) });
  },
};
