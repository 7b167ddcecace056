import TinyQueue from 'tinyqueue';
import type { Millis } from '../../../shared/runtime/clock.ts';
import type { StoredMessage } from './message.ts';

/** When a message can be received again. Out of date once the message says another time. */
interface Hidden {
  readonly message: StoredMessage;
  readonly until: Millis;
}

/**
 * The messages of one queue, in the orders in which they are asked for, so that a call costs the same with 100,000
 * messages as with ten. Heaps keep what is out of date until it comes to the top; `#all` says what is true.
 */
export class Messages {
  /** By order of arrival, oldest first. */
  readonly #all = new Map<number, StoredMessage>();
  readonly #byHandle = new Map<string, StoredMessage>();
  #ready = new TinyQueue<StoredMessage>([], byPriority);
  #hidden = new TinyQueue<Hidden>([], byShowing);
  #expiring = new TinyQueue<StoredMessage>([], byEnd);
  /** Which of `#all` can be received now. */
  readonly #visible = new Set<StoredMessage>();
  #delayed = 0;

  /** Forgets what has outlived its retention, and shows what was hidden long enough. To be called before anything else. */
  settle(now: Millis): void {
    this.#compact();
    for (let first = this.#expiring.peek(); first !== undefined; first = this.#expiring.peek()) {
      if (first.expiresAt > now && this.#has(first)) break;
      this.#expiring.pop();
      this.remove(first);
    }
    for (let first = this.#hidden.peek(); first !== undefined; first = this.#hidden.peek()) {
      const { message, until } = first;
      const current = this.#has(message) && message.visibleAt === until && !this.#visible.has(message);
      if (current && until > now) break;
      this.#hidden.pop();
      if (current) this.#show(message);
    }
  }

  /** A message that can be received at once; see `hide` for one that cannot. */
  add(message: StoredMessage): void {
    this.#all.set(message.sequence, message);
    this.#expiring.push(message);
    this.#visible.add(message);
    this.#ready.push(message);
  }

  remove(message: StoredMessage): void {
    if (this.#isDelayed(message)) this.#delayed -= 1;
    this.#all.delete(message.sequence);
    this.#visible.delete(message);
    if (message.handle !== null) this.#byHandle.delete(message.handle);
  }

  /** Hides a message until an instant, behind a new handle. */
  hide(message: StoredMessage, until: Millis, makeHandle: (message: StoredMessage) => string): void {
    if (this.#isDelayed(message)) this.#delayed -= 1;
    if (message.handle !== null) this.#byHandle.delete(message.handle);
    message.visibleAt = until;
    message.handles += 1;
    message.handle = makeHandle(message);
    this.#byHandle.set(message.handle, message);
    this.#visible.delete(message);
    this.#hidden.push({ message, until });
    if (this.#isDelayed(message)) this.#delayed += 1;
  }

  /** The message that a handle holds; undefined for one that is no longer good. */
  held(handle: string): StoredMessage | undefined {
    const message = this.#byHandle.get(handle);
    return message === undefined || this.#visible.has(message) ? undefined : message;
  }

  /** The one that is received next; undefined if none can be. */
  get next(): StoredMessage | undefined {
    for (let first = this.#ready.peek(); first !== undefined; first = this.#ready.peek()) {
      if (this.#visible.has(first)) return first;
      this.#ready.pop();
    }
    return undefined;
  }

  /** The first `count` of those that can be received, in their order, untouched. */
  first(count: number): readonly StoredMessage[] {
    const found: StoredMessage[] = [];
    while (found.length < count) {
      const message = this.next;
      if (message === undefined) break;
      this.#ready.pop();
      // One that was shown twice stands in the heap twice.
      if (found.at(-1) !== message) found.push(message);
    }
    for (const message of found) this.#ready.push(message);
    return found;
  }

  /** Numbers of messages that can be received, that somebody holds, and whose delay has not ended. */
  get counts(): { readonly active: number; readonly inactive: number; readonly delayed: number } {
    const active = this.#visible.size;
    return { active, inactive: this.#all.size - active - this.#delayed, delayed: this.#delayed };
  }

  /** When the first of the hidden ones shows; null if none is hidden. */
  get nextShown(): Millis | null {
    return this.#hidden.peek()?.until ?? null;
  }

  /** Oldest first. */
  all(): readonly StoredMessage[] {
    return [...this.#all.values()];
  }

  /** How much stands in the heaps. */
  get kept(): number {
    return this.#expiring.length + this.#ready.length + this.#hidden.length;
  }

  /** Lets go of what is out of date in the middle of the heaps, when it is most of them. */
  #compact(): void {
    if (this.kept <= 6 * this.#all.size + 192) return;
    const hidden = this.all().filter((message) => !this.#visible.has(message));
    const entries = hidden.map((message) => ({ message, until: message.visibleAt }));
    this.#expiring = new TinyQueue([...this.all()], byEnd);
    this.#ready = new TinyQueue([...this.#visible], byPriority);
    this.#hidden = new TinyQueue(entries, byShowing);
  }

  #show(message: StoredMessage): void {
    if (this.#isDelayed(message)) this.#delayed -= 1;
    this.#visible.add(message);
    this.#ready.push(message);
  }

  #has(message: StoredMessage): boolean {
    return this.#all.get(message.sequence) === message;
  }

  /** Hidden, and nobody has received it yet. */
  #isDelayed(message: StoredMessage): boolean {
    return message.dequeueCount === 0 && this.#has(message) && !this.#visible.has(message);
  }
}

const byShowing = (a: Hidden, b: Hidden): number => a.until - b.until;
const byEnd = (a: StoredMessage, b: StoredMessage): number => a.expiresAt - b.expiresAt;
const byPriority = (a: StoredMessage, b: StoredMessage): number =>
  a.priority - b.priority || a.sequence - b.sequence;
