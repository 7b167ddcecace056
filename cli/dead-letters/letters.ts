import type { queue, Received } from '../../shared/alicloud/queue.ts';
import { pool } from '../../shared/runtime/pool.ts';
import { type ReadLetter, readLetter } from './read-letter.ts';

export type LetterQueue = Pick<ReturnType<typeof queue>, 'count' | 'receive' | 'release' | 'hold' | 'remove'>;

/** A letter that was taken off the queue: nobody else sees it until it is put back, or for half a minute. */
export interface Held {
  readonly letter: ReadLetter;
  readonly receiptHandle: string;
}

export interface Taken {
  readonly held: readonly Held[];
  /** How many more there are, about: too many to look at, or taken off by somebody else just now. */
  readonly more: number;
}

/** So many are looked at: to receive more would take longer than the first stay hidden. */
const MOST = 300;
const SIDE_BY_SIDE = 8;
/** Who has just looked at a letter puts it back for after a second. */
const WAIT_S = 2;

/**
 * Takes letters off the queue until one is `wanted`, or until there is none left. A queue shows its messages in no other
 * way than by handing them out. Whoever calls puts them back. Throws what the queue throws, after putting back.
 */
export async function takeLetters(from: LetterQueue, wanted?: (id: string) => boolean): Promise<Taken> {
  const held = new Map<string, Held>();
  const total = await from.count();
  try {
    while (held.size < MOST) {
      const received = await from.receive(held.size < total ? WAIT_S : 0);
      // One that was there before is shown again: all were seen.
      if (received === null || held.has(received.messageId)) break;
      held.set(received.messageId, heldOf(received));
      if (wanted?.(received.messageId) === true) break;
    }
  } catch (error) {
    await putBack(from, [...held.values()]);
    throw error;
  }
  return { held: [...held.values()], more: Math.max(0, total - held.size) };
}

const heldOf = (received: Received): Held => ({
  letter: readLetter(received),
  receiptHandle: received.receiptHandle,
});

/** Shows them to others again in a second. One that this fails for is shown again a little later by itself. */
export async function putBack(to: LetterQueue, held: readonly Held[]): Promise<void> {
  await pool(held, SIDE_BY_SIDE, ({ receiptHandle }) => to.release(receiptHandle, 1).catch(() => undefined));
}
