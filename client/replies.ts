import { type Reply, replySchema } from '../events/reply.ts';
import type { Received } from '../shared/alicloud/queue.ts';
import type { Clock } from '../shared/runtime/clock.ts';

/** A queue as whoever waits for one reply among others' needs it. */
export interface ReplyQueue {
  receive(waitSeconds: number): Promise<Received | null>;
  release(receiptHandle: string, seconds: number): Promise<void>;
  remove(receiptHandle: string): Promise<void>;
}

/** The longest that one long poll of the queue service lasts, in seconds. */
const LONGEST_POLL_S = 30;
/** The longest that a reply of somebody else is kept from them by looking at it, in seconds. */
const LONGEST_HOLD_S = 30;

/**
 * Takes the reply to one request out of a queue that others wait at too. Each of their replies is shown to them again
 * at once when it is met for the first time, and later and later every time after: so old ones that nobody fetches
 * cannot keep ours from coming up. Null when none came in `waitMs`. Rejects with the signal's reason when it aborts;
 * a reply that a poll brings after that is shown again.
 */
export async function takeReply(
  replies: ReplyQueue,
  requestId: string,
  waitMs: number,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Reply | null> {
  const met = new Map<string, number>();
  const until = clock.now() + waitMs;
  for (let left = waitMs; left > 0; left = until - clock.now()) {
    signal?.throwIfAborted();
    const polled = replies.receive(Math.min(LONGEST_POLL_S, Math.ceil(left / 1_000)));
    const received = await abortable(polled, signal, (late) => void release(replies, late, 1));
    if (received === null) continue;
    const reply = replyIn(received.body);
    if (reply?.data.requestId === requestId) {
      await replies.remove(received.receiptHandle);
      return reply;
    }
    const times = met.get(received.messageId) ?? 0;
    met.set(received.messageId, times + 1);
    await release(replies, received, Math.min(LONGEST_HOLD_S, 2 ** times));
  }
  return null;
}

/** Whatever becomes of it: the queue shows it again by itself, only later. */
const release = (replies: ReplyQueue, { receiptHandle }: Received, seconds: number): Promise<void> =>
  replies.release(receiptHandle, seconds).catch(() => undefined);

/** The SDK cannot be interrupted: its answer is waited for by nobody, but not lost. */
function abortable(
  polled: Promise<Received | null>,
  signal: AbortSignal | undefined,
  onLate: (received: Received) => void,
): Promise<Received | null> {
  if (signal === undefined) return polled;
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason);
      polled.then((late) => late !== null && onLate(late)).catch(() => undefined);
    };
    signal.addEventListener('abort', abort, { once: true });
    polled.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function replyIn(body: string): Reply | null {
  try {
    const parsed = replySchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
