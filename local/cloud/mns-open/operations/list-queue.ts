import * as z from 'zod';
import { mnsOpenOperation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { paging } from '../parameters.ts';
import { showQueue } from '../queue.ts';

/** The queues whose names contain `QueueName`. */
export const listQueue = mnsOpenOperation({
  name: 'ListQueue',
  kind: 'read',
  input: z.object({ ...paging, QueueName: z.string().optional() }),
  path: () => '/queues',
  run: (input, { account }) => pageOf(account.mns.queues.values(), input.QueueName, input, showQueue),
});
