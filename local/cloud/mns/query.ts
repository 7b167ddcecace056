import { mnsError } from './errors.ts';
import { invalidArgument, parseInteger } from './fields.ts';
import { BATCH_SIZE } from './limits.ts';
import type { Query } from './operation.ts';
import type { Queue } from './queue.ts';

/** How long a receive waits, in ms: `waitseconds` (0 to 30), or what the queue says. Throws `InvalidArgument`. */
export function waitMs(query: Query, queue: Queue): number {
  const seconds = query.get('waitseconds');
  if (seconds === undefined) return queue.attributes.pollingWaitSeconds * 1000;
  return parseInteger('waitseconds', seconds, 0, 30) * 1000;
}

/** `numOfMessages`, 1 to 16. Throws `InvalidArgument`. */
export function numOfMessages(query: Query): number {
  return parseInteger('numOfMessages', String(query.get('numOfMessages')), 1, BATCH_SIZE);
}

/** Throws `InvalidArgument` unless `peekonly=true`. */
export function assertPeekOnly(query: Query): void {
  assertTrue(query, 'peekonly');
}

/** Throws `InvalidArgument` unless `metaoverride=true`. */
export function assertMetaOverride(query: Query): void {
  assertTrue(query, 'metaoverride');
}

/** Throws `MissingReceiptHandle` 400. */
export function receiptHandle(query: Query): string {
  const handle = query.get('receiptHandle') ?? '';
  if (handle === '') throw mnsError('MissingReceiptHandle', 'ReceiptHandle is required.');
  return handle;
}

/** Seconds, 1 to 43,200. Throws `MissingVisibilityTimeout` and `InvalidArgument`, both 400. */
export function visibilityTimeout(query: Query): number {
  const seconds = query.get('visibilityTimeout') ?? '';
  if (seconds === '') throw mnsError('MissingVisibilityTimeout', 'VisibilityTimeout is required.');
  return parseInteger('VisibilityTimeout', seconds, 1, 43_200);
}

function assertTrue(query: Query, name: string): void {
  if (String(query.get(name)).toLowerCase() !== 'true')
    throw invalidArgument(`The value of ${name} should be true.`);
}
