import * as z from 'zod';
import { QUEUE_DEFAULTS } from '../../mns/attributes.ts';
import { ensureQueue } from '../../mns/queues.ts';
import { mnsOpenOperation } from '../operation.ts';
import { queueAttributes, queueInput } from '../queue.ts';
import { tagsIn } from '../tags.ts';

const normal = z.literal('normal', { error: 'The local cloud has normal queues only.' });

/** The same queue again is the same; `QueueAlreadyExist` 409 for other attributes. */
export const createQueue = mnsOpenOperation({
  name: 'CreateQueue',
  kind: 'write',
  input: z.looseObject({ ...queueInput, QueueType: normal.optional() }),
  path: ({ QueueName }) => `/queues/${QueueName}`,
  run(input, { account }) {
    const { queue, created } = ensureQueue(account, input.QueueName, queueAttributes(input, QUEUE_DEFAULTS));
    if (created) queue.tags = tagsIn(input);
    return undefined;
  },
});
