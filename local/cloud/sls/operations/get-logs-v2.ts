import { bodyOf, jsonAnswer, logStoreOf, onLogStore, type SlsOperation } from '../operation.ts';
import { readLogs } from '../read-logs.ts';

/** An answer is always complete. */
export const getLogsV2: SlsOperation = {
  name: 'GetLogsV2',
  kind: 'read',
  method: 'POST',
  path: '/logstores/:logstore/logs',
  inProject: true,
  headers: ['accept-encoding'],
  action: 'log:GetLogStoreLogs',
  resource: onLogStore,
  run(call) {
    const data = readLogs(logStoreOf(call).lines, bodyOf(call));
    return jsonAnswer(call, { meta: { progress: 'Complete', count: data.length }, data });
  },
};
