import type { ReplyQueue } from '../../client/inbox.ts';
import type { Received } from '../../shared/alicloud/queue.ts';
import { type Clock, millis } from '../../shared/runtime/clock.ts';

/** A queue and a clock that move together: a poll that brings nothing takes the whole of its time. */
export class PolledQueue implements ReplyQueue, Clock {
  #now = 0;
  #timers: { readonly at: number; readonly fire: () => void }[] = [];
  readonly visibleAt = new Map<string, number>();
  readonly bodies = new Map<string, string>();
  receives = 0;

  now = () => millis(this.#now);

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#timers.push({ at: this.#now + ms, fire: resolve });
      signal?.addEventListener('abort', () => resolve());
    });
  }

  #advanceTo(time: number): void {
    this.#now = Math.max(this.#now, time);
    for (const { at, fire } of this.#timers) if (at <= this.#now) fire();
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
  }

  put(id: string, body: string, at = 0): void {
    this.bodies.set(id, body);
    this.visibleAt.set(id, at);
  }

  async receive(waitSeconds: number): Promise<Received | null> {
    this.receives += 1;
    // A real poll is never answered in the same turn: whoever waits is told of the time before the next one.
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    const until = this.#now + waitSeconds * 1_000;
    const [next] = [...this.visibleAt].filter(([, at]) => at <= until).sort((a, b) => a[1] - b[1]);
    if (next === undefined) {
      this.#advanceTo(until);
      return null;
    }
    const [id, at] = next;
    this.#advanceTo(Math.max(this.#now, at) + 10);
    this.visibleAt.set(id, this.#now + 30_000);
    return { messageId: id, receiptHandle: id, body: this.bodies.get(id) ?? '' };
  }

  async release(id: string, seconds: number): Promise<void> {
    this.visibleAt.set(id, this.#now + seconds * 1_000);
  }

  async remove(id: string): Promise<void> {
    this.visibleAt.delete(id);
    this.bodies.delete(id);
  }
}
