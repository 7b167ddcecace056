import type { Received } from '../shared/alicloud/queue.ts';
import type { Clock } from '../shared/runtime/clock.ts';
import { abortable } from './abortable.ts';
import { deferred } from './deferred.ts';
import { Holds } from './holds.ts';

/** What waiting for a reply needs of the queue, in which replies to others lie, too. */
export interface ReplyQueue {
  receive(waitSeconds: number): Promise<Received | null>;
  release(receiptHandle: string, seconds: number): Promise<void>;
  remove(receiptHandle: string): Promise<void>;
}

/** A message, and what whoever waits for it asks for it by. */
export interface Keyed<Message> {
  readonly key: string;
  readonly message: Message;
}

interface Waiter<Message> {
  readonly until: number;
  readonly settle: (message: Message) => void;
  readonly fail: (error: unknown) => void;
}

/** A message that was received, and is taken out of the queue by `done`. */
export interface Held<Message> {
  readonly message: Message;
  readonly done: () => Promise<void>;
}

interface Listener<Message> {
  readonly wants: (message: Message) => boolean;
  readonly settle: (held: Held<Message>) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Longest poll, in seconds. The service allows 30, but a poll cannot be cancelled and keeps a program alive that is
 * done.
 */
const LONGEST_POLL_S = 10;

/**
 * Takes our messages out of a queue that others read, too. All waiters of this process share one poll, and each gets
 * its own message. A message to somebody else is released after a second, and after longer each time that it is met
 * again. Otherwise old ones that nobody fetches would be received over and over, before ours.
 */
export class Inbox<Message> {
  readonly #open: () => Promise<ReplyQueue>;
  readonly #clock: Clock;
  readonly #read: (body: string) => Keyed<Message> | null;
  readonly #waiters = new Map<string, Set<Waiter<Message>>>();
  readonly #listeners = new Set<Listener<Message>>();
  readonly #holds = new Holds();
  #polling = false;

  /** `open` is asked before every poll, so that credentials may rotate. `read`: null for what nobody here waits for. */
  constructor(open: () => Promise<ReplyQueue>, clock: Clock, read: (body: string) => Keyed<Message> | null) {
    this.#open = open;
    this.#clock = clock;
    this.#read = read;
  }

  /**
   * The message of a key, or null when none came in `waitMs`. Rejects with what the queue throws, and with the signal's
   * reason when it aborts; a message that the poll under way brings after that is shown again.
   */
  async take(
    key: string,
    waitMs: number,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Message | null> {
    signal.throwIfAborted();
    const done = new AbortController();
    const waiter = deferred<Message>();
    const entry = { until: this.#clock.now() + waitMs, settle: waiter.resolve, fail: waiter.reject };
    const tooLate = this.#clock.sleep(waitMs, done.signal).then(() => null);
    this.#enter(key, entry);
    try {
      return await abortable(Promise.race([waiter.promise, tooLate]), signal);
    } finally {
      this.#leave(key, entry);
      done.abort();
    }
  }

  /**
   * The next message that is wanted and that nobody waits for by its key. It stays hidden from others for a while, until
   * `done`. Rejects with what the queue throws, and with the signal's reason.
   */
  async next(wants: (message: Message) => boolean, signal: AbortSignal): Promise<Held<Message>> {
    signal.throwIfAborted();
    const listening = deferred<Held<Message>>();
    const listener = { wants, settle: listening.resolve, fail: listening.reject };
    this.#listeners.add(listener);
    if (!this.#polling) void this.#poll();
    try {
      return await abortable(listening.promise, signal);
    } finally {
      this.#listeners.delete(listener);
    }
  }

  /** Receives once, without waiting. Rejects with what the queue throws. */
  async look(): Promise<void> {
    const queue = await this.#open();
    const received = await queue.receive(0);
    if (received !== null) await this.#sort(received, queue);
  }

  #enter(key: string, waiter: Waiter<Message>): void {
    const others = this.#waiters.get(key) ?? new Set();
    this.#waiters.set(key, others.add(waiter));
    if (!this.#polling) void this.#poll();
  }

  #leave(key: string, waiter: Waiter<Message>): void {
    const others = this.#waiters.get(key);
    others?.delete(waiter);
    if (others?.size === 0) this.#waiters.delete(key);
  }

  async #poll(): Promise<void> {
    this.#polling = true;
    try {
      while (this.#waiters.size + this.#listeners.size > 0) {
        const queue = await this.#open();
        const received = await queue.receive(this.#pollSeconds());
        if (received !== null) await this.#sort(received, queue);
      }
    } catch (error) {
      for (const waiter of [...this.#all(), ...this.#listeners]) waiter.fail(error);
    } finally {
      this.#polling = false;
    }
  }

  /** Until the last of the waiters gives up, and not longer than one poll may be. */
  #pollSeconds(): number {
    if (this.#listeners.size > 0) return LONGEST_POLL_S;
    const left = Math.max(0, ...this.#all().map(({ until }) => until - this.#clock.now()));
    return Math.min(LONGEST_POLL_S, Math.ceil(left / 1_000));
  }

  async #sort({ body, messageId, receiptHandle: handle }: Received, queue: ReplyQueue): Promise<void> {
    const read = this.#read(body);
    if (read !== null && (await this.#handOver(read, handle, queue))) return;
    // If the release fails, the queue shows the message again by itself, only later.
    await queue.release(handle, this.#holds.meet(messageId)).catch(() => undefined);
  }

  /** To those who wait for its key, or else to the first who wants it. False where nobody does. */
  async #handOver({ key, message }: Keyed<Message>, handle: string, queue: ReplyQueue): Promise<boolean> {
    const waiters = this.#waiters.get(key);
    if (waiters !== undefined) {
      await queue.remove(handle);
      for (const waiter of waiters) waiter.settle(message);
      // The waiters remove themselves later. Until then the loop would poll for them once more.
      this.#waiters.delete(key);
      return true;
    }
    const listener = [...this.#listeners].find(({ wants }) => wants(message));
    if (listener === undefined) return false;
    this.#listeners.delete(listener);
    listener.settle({ message, done: () => queue.remove(handle) });
    return true;
  }

  #all(): readonly Waiter<Message>[] {
    return [...this.#waiters.values()].flatMap((waiters) => [...waiters]);
  }
}
