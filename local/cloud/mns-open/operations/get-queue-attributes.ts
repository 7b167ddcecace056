import * as z from 'zod';
import { mnsOpenOperation } from '../operation.ts';
import { name } from '../parameters.ts';
import { showQueue } from '../queue.ts';

/** Errors: `QueueNotExist` 404. */
export const getQueueAttributes = mnsOpenOperation({
  name: 'GetQueueAttributes',
  kind: 'read',
  input: z.object({ QueueName: name }),
  path: ({ QueueName }) => `/queues/${QueueName}`,
  run: ({ QueueName }, { account }) => showQueue(account.mns.queue(QueueName)),
});
