import * as z from 'zod';
import { checked, jsonAnswer, page, projectOf, queryOf, type SlsOperation } from '../operation.ts';

const input = z.object({ logstoreName: z.string().default(''), ...page });

export const listLogStores: SlsOperation = {
  name: 'ListLogStores',
  kind: 'read',
  method: 'GET',
  path: '/logstores',
  inProject: true,
  resource: ({ project }) => `project/${project}/logstore/*`,
  run(call) {
    const { logstoreName, offset, size } = checked(input, queryOf(call));
    const found = [...projectOf(call).stores.keys()].filter((name) => name.includes(logstoreName)).sort();
    const logstores = found.slice(offset, offset + size);
    return jsonAnswer(call, { count: logstores.length, total: found.length, logstores });
  },
};
