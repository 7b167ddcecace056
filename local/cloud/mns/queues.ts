import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../world.ts';
import type { QueueAttributes } from './attributes.ts';
import { mnsError } from './errors.ts';
import { invalidArgument } from './fields.ts';
import { assertName } from './names.ts';
import type { Queue } from './queue.ts';

/**
 * Creates a queue unless one with the same name and attributes is there.
 * Throws `QueueAlreadyExist` 409 if its attributes are others, and 400 for a wrong name or dead letter target.
 */
export function ensureQueue(
  account: Account,
  name: string,
  attributes: QueueAttributes,
): { queue: Queue; created: boolean } {
  assertName('Queue', name);
  const queue = account.mns.queues.get(name);
  if (queue === undefined) {
    checkDeadLetters(account, name, attributes);
    return { queue: account.mns.addQueue(name, attributes), created: true };
  }
  if (!isDeepStrictEqual(queue.attributes, attributes)) {
    throw mnsError('QueueAlreadyExist', 'The queue you want to create is already exist.');
  }
  return { queue, created: false };
}

/** A dead letter target is another queue of the account that exists. Throws `InvalidArgument`. */
export function checkDeadLetters(account: Account, name: string, { dlqPolicy }: QueueAttributes): void {
  if (dlqPolicy === null) return;
  const target = dlqPolicy.deadLetterTargetQueue;
  if (target === name) throw invalidArgument('A queue cannot be its own dead letter queue.');
  if (!account.mns.queues.has(target)) throw invalidArgument(`The dead letter queue ${target} is not exist.`);
}
