import type { World } from '../world.ts';
import { queueNotExist } from './errors.ts';
import type { StoredMessage } from './message.ts';
import type { Queue } from './queue.ts';

/**
 * Long polling: takes again and again until something is found or `waitMs` have passed. Looks when a message comes in,
 * when a hidden one shows again, and when the queue is deleted (`QueueNotExist`). Ends with the world, with nothing.
 */
export async function poll(
  { clock, ended }: Pick<World, 'clock' | 'ended'>,
  queue: Queue,
  waitMs: number,
  take: () => StoredMessage[],
): Promise<StoredMessage[]> {
  const deadline = clock.now() + waitMs;
  for (;;) {
    if (queue.deleted) throw queueNotExist();
    const found = take();
    const left = deadline - clock.now();
    if (found.length > 0 || left <= 0 || ended.aborted) return found;
    const nap = new AbortController();
    const wake = () => nap.abort();
    ended.addEventListener('abort', wake);
    await Promise.race([queue.change, clock.sleep(Math.min(left, queue.untilVisible), nap.signal)]);
    ended.removeEventListener('abort', wake);
    // Or its timer would outlive the poll.
    wake();
  }
}
