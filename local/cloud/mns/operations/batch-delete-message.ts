import { ApiError } from '../../error.ts';
import { mnsError } from '../errors.ts';
import { expectRoot, outOfRange } from '../fields.ts';
import { BATCH_SIZE } from '../limits.ts';
import type { MnsOperation } from '../operation.ts';
import type { Queue } from '../queue.ts';
import { readXml } from '../xml/read.ts';

/** Up to 16 handles. 204 if all were deleted; otherwise 404 with an error for each that was not: the others are gone. */
export const batchDeleteMessage: MnsOperation = {
  name: 'BatchDeleteMessage',
  kind: 'write',
  page: 'BatchDeleteMessage',
  method: 'DELETE',
  path: '/queues/:queue/messages',
  run({ account, names, request }) {
    const queue = account.mns.queue(names.queue);
    if (request.body.length === 0) throw mnsError('MissingReceiptHandle', 'ReceiptHandle is required.');
    const { children } = expectRoot(readXml(request.body), 'ReceiptHandles');
    if (children.length < 1 || children.length > BATCH_SIZE)
      throw outOfRange('ReceiptHandles', 1, BATCH_SIZE);
    const handles = children.map((child) => expectRoot(child, 'ReceiptHandle').text.trim());
    const failures = handles.flatMap((handle) => remove(queue, handle));
    if (failures.length === 0) return { status: 204 };
    return { status: 404, xml: { root: 'Errors', tree: { Error: failures } } };
  },
};

function remove(queue: Queue, handle: string) {
  try {
    queue.delete(handle);
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return [{ ErrorCode: error.code, ErrorMessage: error.message, ReceiptHandle: handle }];
  }
}
