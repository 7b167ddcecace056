import { readQueueAttributes } from '../attribute-documents.ts';
import type { MnsOperation } from '../operation.ts';
import { assertMetaOverride } from '../query.ts';
import { checkDeadLetters } from '../queues.ts';

/** Attributes that are left out stay as they are. */
export const setQueueAttributes: MnsOperation = {
  name: 'SetQueueAttributes',
  kind: 'write',
  page: 'SetQueueAttributes',
  method: 'PUT',
  path: '/queues/:queue',
  query: { required: ['metaoverride'] },
  run({ account, names, request, query }) {
    assertMetaOverride(query);
    const queue = account.mns.queue(names.queue);
    const attributes = readQueueAttributes(request.body, queue.attributes);
    checkDeadLetters(account, names.queue, attributes);
    queue.attributes = attributes;
    return { status: 204 };
  },
};
