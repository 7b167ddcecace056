import { readQueueAttributes } from '../attribute-documents.ts';
import { QUEUE_DEFAULTS } from '../attributes.ts';
import type { MnsOperation } from '../operation.ts';
import { ensureQueue } from '../queues.ts';

/** 201, or 204 if the same queue is there with the same attributes. */
export const createQueue: MnsOperation = {
  name: 'CreateQueue',
  kind: 'write',
  page: 'CreateQueue',
  method: 'PUT',
  path: '/queues/:queue',
  run({ account, names, request }) {
    const { created } = ensureQueue(account, names.queue, readQueueAttributes(request.body, QUEUE_DEFAULTS));
    return { status: created ? 201 : 204, location: `/queues/${names.queue}` };
  },
};
