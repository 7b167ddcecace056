import { type Reply, replySchema } from '../events/reply.ts';
import type { Received } from '../shared/alicloud/queue.ts';
import type { Clock } from '../shared/runtime/clock.ts';

/** What waiting for a reply needs of the queue, in which replies to others lie, too. */
export interface ReplyQueue {
  receive(waitSeconds: number): Promise<Received | null>;
  release(receiptHandle: string, seconds: number): Promise<void>;
  remove(receiptHandle: string): Promise<void>;
}

interface Waiter {
  readonly until: number;
  readonly settle: (reply: Reply) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Longest poll, in seconds. The service allows 30, but a poll cannot be cancelled and keeps a program alive that is
 * done.
 */
const LONGEST_POLL_S = 10;
/**
 * For how long a received reply that is not ours is hidden from others, in seconds: the first time, the second time,
 * and so on.
 */
const HOLDS_S = [1, 1, 1, 1, 2, 4, 8, 16, 30] as const;
const LONGEST_HOLD_S = 30;

/**
 * Takes our replies out of a queue that others read, too. All waiters of this process share one poll, and each gets
 * its own reply. A reply to somebody else is released after a second, and after longer each time that it is met
 * again. Otherwise old replies that nobody fetches would be received over and over, before ours.
 */
export class Inbox {
  readonly #open: () => Promise<ReplyQueue>;
  readonly #clock: Clock;
  readonly #waiters = new Map<string, Set<Waiter>>();
  readonly #met = new Map<string, number>();
  #polling = false;

  /** `open` is asked before every poll, so that credentials may rotate. */
  constructor(open: () => Promise<ReplyQueue>, clock: Clock) {
    this.#open = open;
    this.#clock = clock;
  }

  /**
   * The reply to a request, or null when none came in `waitMs`. Rejects with what the queue throws, and with the signal's
   * reason when it aborts; a reply that the poll under way brings after that is shown again.
   */
  async take(requestId: string, waitMs: number, signal?: AbortSignal): Promise<Reply | null> {
    signal?.throwIfAborted();
    const done = new AbortController();
    const waiter = deferred<Reply>();
    const entry: Waiter = {
      until: this.#clock.now() + waitMs,
      settle: waiter.resolve,
      fail: waiter.reject,
    };
    const abort = () => waiter.reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    this.#enter(requestId, entry);
    try {
      return await Promise.race([waiter.promise, this.#clock.sleep(waitMs, done.signal).then(() => null)]);
    } finally {
      this.#leave(requestId, entry);
      done.abort();
      signal?.removeEventListener('abort', abort);
    }
  }

  #enter(requestId: string, waiter: Waiter): void {
    const others = this.#waiters.get(requestId) ?? new Set();
    this.#waiters.set(requestId, others.add(waiter));
    if (!this.#polling) void this.#poll();
  }

  #leave(requestId: string, waiter: Waiter): void {
    const others = this.#waiters.get(requestId);
    others?.delete(waiter);
    if (others?.size === 0) this.#waiters.delete(requestId);
  }

  async #poll(): Promise<void> {
    this.#polling = true;
    try {
      while (this.#waiters.size > 0) {
        const queue = await this.#open();
        const received = await queue.receive(this.#pollSeconds());
        if (received !== null) await this.#sort(received, queue);
      }
    } catch (error) {
      for (const waiter of this.#all()) waiter.fail(error);
    } finally {
      this.#polling = false;
    }
  }

  /** Until the last of the waiters gives up, and not longer than one poll may be. */
  #pollSeconds(): number {
    const left = Math.max(0, ...this.#all().map(({ until }) => until - this.#clock.now()));
    return Math.min(LONGEST_POLL_S, Math.ceil(left / 1_000));
  }

  async #sort(received: Received, queue: ReplyQueue): Promise<void> {
    const reply = replyIn(received.body);
    const waiters = reply === null ? undefined : this.#waiters.get(reply.data.requestId);
    if (reply !== null && waiters !== undefined) {
      await queue.remove(received.receiptHandle);
      for (const waiter of waiters) waiter.settle(reply);
      // The waiters remove themselves later. Until then the loop would poll for them once more.
      this.#waiters.delete(reply.data.requestId);
      return;
    }
    const times = this.#met.get(received.messageId) ?? 0;
    this.#met.set(received.messageId, times + 1);
    // If the release fails, the queue shows the message again by itself, only later.
    await queue.release(received.receiptHandle, HOLDS_S[times] ?? LONGEST_HOLD_S).catch(() => undefined);
  }

  #all(): readonly Waiter[] {
    return [...this.#waiters.values()].flatMap((waiters) => [...waiters]);
  }
}

/** `Promise.withResolvers`, which Node.js 20 does not have. */
function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

function replyIn(body: string): Reply | null {
  try {
    const parsed = replySchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
