import * as z from 'zod';
import { mnsOpenOperation } from '../operation.ts';
import { name } from '../parameters.ts';

/** One that is not there is away. Its messages are gone with it. */
export const deleteQueue = mnsOpenOperation({
  name: 'DeleteQueue',
  kind: 'write',
  input: z.object({ QueueName: name }),
  path: ({ QueueName }) => `/queues/${QueueName}`,
  run({ QueueName }, { account }) {
    account.mns.removeQueue(QueueName);
    return undefined;
  },
});
