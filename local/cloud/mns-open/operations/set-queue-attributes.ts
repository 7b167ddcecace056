import * as z from 'zod';
import { checkDeadLetters } from '../../mns/queues.ts';
import { mnsOpenOperation } from '../operation.ts';
import { queueAttributes, queueInput } from '../queue.ts';

/** What is left out stays as it was. */
export const setQueueAttributes = mnsOpenOperation({
  name: 'SetQueueAttributes',
  kind: 'write',
  input: z.object(queueInput),
  path: ({ QueueName }) => `/queues/${QueueName}`,
  run(input, { account }) {
    const queue = account.mns.queue(input.QueueName);
    const attributes = queueAttributes(input, queue.attributes);
    checkDeadLetters(account, queue.name, attributes);
    queue.attributes = attributes;
    return undefined;
  },
});
