import type { Clock } from '../../../shared/runtime/clock.ts';
import { queueNotExist } from './errors.ts';
import type { StoredMessage } from './message.ts';
import type { Queue } from './queue.ts';

/** A sleep cannot be called off; short ones keep a poll that has ended from holding the process for half a minute. */
const LONGEST_NAP_MS = 1000;

/**
 * Long polling: takes again and again until something is found or `waitMs` have passed. Looks when a message comes in,
 * when a hidden one shows again, and when the queue is deleted (`QueueNotExist`).
 */
export async function poll(
  clock: Clock,
  queue: Queue,
  waitMs: number,
  take: () => StoredMessage[],
): Promise<StoredMessage[]> {
  const deadline = clock.now() + waitMs;
  for (;;) {
    if (queue.deleted) throw queueNotExist();
    const found = take();
    const left = deadline - clock.now();
    if (found.length > 0 || left <= 0) return found;
    await Promise.race([queue.change, clock.sleep(Math.min(left, queue.untilVisible, LONGEST_NAP_MS))]);
  }
}
