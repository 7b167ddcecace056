import { describe, expect, it } from 'vitest';
import { Inbox, type ReplyQueue } from '../../../client/inbox.ts';
import sample from '../../../events/samples/reply-verified.json' with { type: 'json' };
import type { Received } from '../../../shared/alicloud/queue.ts';
import { type Clock, millis } from '../../../shared/runtime/clock.ts';

/** A queue and a clock that move together: a poll that brings nothing takes the whole of its time. */
class World implements ReplyQueue, Clock {
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

const replyTo = (requestId: string): string =>
  JSON.stringify({ ...sample, correlationid: requestId, data: { ...sample.data, requestId } });

const inboxOf = (world: World) => new Inbox(async () => world, world);
const take = (world: World, waitMs = 60_000, signal?: AbortSignal) =>
  inboxOf(world).take('mine', waitMs, signal);

describe('waiting for a reply', () => {
  it('takes it out', async () => {
    const world = new World();
    world.put('1', replyTo('mine'), 5_000);
    expect((await take(world))?.data.requestId).toBe('mine');
    expect(world.bodies.size).toBe(0);
  });

  it('gives up in time', async () => {
    const world = new World();
    expect(await take(world, 45_000)).toBeNull();
    expect(world.now()).toBe(45_000);
  });

  it('leaves replies to others, and what is no reply, and shows them again soon', async () => {
    const world = new World();
    world.put('theirs', replyTo('theirs'));
    world.put('odd', 'not json');
    world.put('odder', '{"specversion":"0.3"}');
    world.put('1', replyTo('mine'), 100);
    await take(world);
    expect([...world.bodies.keys()]).toEqual(['theirs', 'odd', 'odder']);
    for (const at of world.visibleAt.values()) expect(at - world.now()).toBeLessThanOrEqual(1_000);
  });

  it('gets through 500 old replies that nobody fetches', async () => {
    const world = new World();
    for (let n = 0; n < 500; n += 1) world.put(`old-${n}`, replyTo(`old-${n}`));
    world.put('1', replyTo('mine'), 3_000);
    expect((await take(world))?.data.requestId).toBe('mine');
    expect(world.now()).toBeLessThan(30_000);
    expect(world.bodies.size).toBe(500);
  });

  it('does not hammer on one old reply', async () => {
    const world = new World();
    world.put('old', replyTo('old'));
    await take(world, 300_000);
    expect(world.receives).toBeLessThan(60);
  });

  it('of 50 at once gives each its own, with one poll at a time', async () => {
    const world = new World();
    const inbox = inboxOf(world);
    for (let n = 0; n < 50; n += 1) world.put(`m${n}`, replyTo(`r${49 - n}`), n * 7);
    const replies = await Promise.all(Array.from({ length: 50 }, (_, n) => inbox.take(`r${n}`, 60_000)));
    expect(replies.map((reply) => reply?.data.requestId)).toEqual(replies.map((_, n) => `r${n}`));
    expect(world.receives).toBe(50);
  });

  it('gives one reply to all that wait for it', async () => {
    const world = new World();
    const inbox = inboxOf(world);
    world.put('1', replyTo('mine'), 50);
    const both = await Promise.all([inbox.take('mine', 1_000), inbox.take('mine', 60_000)]);
    expect(both.map((reply) => reply?.data.requestId)).toEqual(['mine', 'mine']);
  });

  it('of two gives up one without the other', async () => {
    const world = new World();
    const inbox = inboxOf(world);
    world.put('1', replyTo('late'), 20_000);
    const [early, late] = await Promise.all([inbox.take('early', 1_000), inbox.take('late', 60_000)]);
    expect(early).toBeNull();
    expect(late?.data.requestId).toBe('late');
  });

  it('may be done again after it was done', async () => {
    const world = new World();
    const inbox = inboxOf(world);
    expect(await inbox.take('mine', 1_000)).toBeNull();
    world.put('1', replyTo('mine'), 0);
    expect((await inbox.take('mine', 1_000))?.data.requestId).toBe('mine');
  });

  it('ends with the reason of an abort, and shows again what the poll brings after it', async () => {
    const world = new World();
    world.put('1', replyTo('mine'));
    const stop = new AbortController();
    const reason = new Error('enough');
    const waiting = take(world, 60_000, stop.signal);
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
    expect(world.bodies.has('1')).toBe(true);
    expect((world.visibleAt.get('1') ?? 0) - world.now()).toBe(1_000);
  });

  it('is not begun with a signal that has aborted', async () => {
    const world = new World();
    await expect(take(world, 60_000, AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
    expect(world.receives).toBe(0);
  });

  it('fails for all that wait when the queue cannot be asked, and can be tried again', async () => {
    const world = new World();
    let broken = true;
    const inbox = new Inbox(async () => {
      if (broken) throw new Error('gone');
      return world;
    }, world);
    const both = await Promise.allSettled([inbox.take('a', 1_000), inbox.take('b', 1_000)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    world.put('1', replyTo('a'));
    expect((await inbox.take('a', 1_000))?.data.requestId).toBe('a');
  });

  it('survives a release that fails', async () => {
    const world = new World();
    world.put('theirs', replyTo('theirs'));
    world.put('1', replyTo('mine'), 100);
    world.release = async () => {
      throw new Error('gone');
    };
    expect((await take(world))?.data.requestId).toBe('mine');
  });
});
