import type { Inbox } from './inbox.ts';
import type { Reply } from './reply.ts';

/** Ids that are remembered, so that a reply that the queue shows once more is heard once only. */
const REMEMBERED = 1_000;

/** Replies as they arrive. Ends when the signal aborts; throws what the queue throws, after which it may be asked again. */
export class Feed implements AsyncIterableIterator<Reply> {
  readonly #inbox: Inbox<Reply>;
  readonly #wants: (reply: Reply) => boolean;
  readonly #signal: AbortSignal;
  readonly #heard = new Set<string>();
  #done: (() => Promise<void>) | null = null;
  #ended = false;

  constructor(inbox: Inbox<Reply>, wants: (reply: Reply) => boolean, signal: AbortSignal) {
    this.#inbox = inbox;
    this.#wants = wants;
    this.#signal = signal;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Reply, undefined>> {
    await this.#takeOut();
    while (!this.#ended && !this.#signal.aborted) {
      try {
        const { message, done } = await this.#inbox.next(this.#wants, this.#signal);
        this.#done = done;
        if (this.#isNew(message.id)) return { value: message, done: false };
        await this.#takeOut();
      } catch (error) {
        if (!this.#signal.aborted) throw error;
      }
    }
    return { value: undefined, done: true };
  }

  /** `break`: the reply at which the loop ended was heard. */
  async return(): Promise<IteratorResult<Reply, undefined>> {
    this.#ended = true;
    await this.#takeOut();
    return { value: undefined, done: true };
  }

  /** One that cannot be taken out is shown again by the queue, and known then. */
  async #takeOut(): Promise<void> {
    const done = this.#done;
    this.#done = null;
    await done?.().catch(() => undefined);
  }

  #isNew(id: string): boolean {
    if (this.#heard.has(id)) return false;
    this.#heard.add(id);
    const [oldest = id] = this.#heard;
    if (this.#heard.size > REMEMBERED) this.#heard.delete(oldest);
    return true;
  }
}
