import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Holds } from '../../../client/holds.ts';
import { replyInbox, replyKey } from '../../../client/reply-inbox.ts';
import sample from '../../../events/samples/reply-verified.json' with { type: 'json' };
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { PolledQueue } from '../../kit/polled-queue.ts';

const replyTo = (requestId: string): string =>
  JSON.stringify({ ...sample, correlationid: requestId, data: { ...sample.data, requestId } });

/** What the sample reply is waited for by, with another request id. */
const key = (requestId: string) => replyKey({ requestId, requesterUid: REQUESTER, ownerUid: OWNER });
const inboxOf = (world: PolledQueue) => replyInbox(async () => world, world);
const take = (world: PolledQueue, waitMs = 60_000, signal?: AbortSignal) =>
  inboxOf(world).take(key('mine'), waitMs, signal);

describe('waiting for a reply', () => {
  it('takes it out', async () => {
    const world = new PolledQueue();
    world.put('1', replyTo('mine'), 5_000);
    expect((await take(world))?.data.requestId).toBe('mine');
    expect(world.bodies.size).toBe(0);
  });

  it('gives up in time', async () => {
    const world = new PolledQueue();
    expect(await take(world, 45_000)).toBeNull();
    expect(world.now()).toBe(45_000);
  });

  it('leaves replies to others, and what is no reply, and shows them again soon', async () => {
    const world = new PolledQueue();
    world.put('theirs', replyTo('theirs'));
    world.put('odd', 'not json');
    world.put('odder', '{"specversion":"0.3"}');
    world.put('1', replyTo('mine'), 100);
    await take(world);
    expect([...world.bodies.keys()]).toEqual(['theirs', 'odd', 'odder']);
    for (const at of world.visibleAt.values()) expect(at - world.now()).toBeLessThanOrEqual(1_000);
  });

  it('gets through 500 old replies that nobody fetches', async () => {
    const world = new PolledQueue();
    for (let n = 0; n < 500; n += 1) world.put(`old-${n}`, replyTo(`old-${n}`));
    world.put('1', replyTo('mine'), 3_000);
    expect((await take(world))?.data.requestId).toBe('mine');
    expect(world.now()).toBeLessThan(30_000);
    expect(world.bodies.size).toBe(500);
  });

  it('does not hammer on one old reply', async () => {
    const world = new PolledQueue();
    world.put('old', replyTo('old'));
    await take(world, 300_000);
    expect(world.receives).toBeLessThan(60);
  });

  it('leaves a reply to somebody else longer each time that it is met', async () => {
    const world = new PolledQueue();
    const holds: number[] = [];
    const { release } = world;
    world.release = (handle, seconds) => {
      holds.push(seconds);
      return release.call(world, handle, seconds);
    };
    world.put('old', replyTo('old'));
    await take(world, 160_000);
    expect(holds.slice(0, 11)).toEqual([1, 1, 1, 1, 2, 4, 8, 16, 30, 30, 30]);
  });

  it('remembers the 10,000 messages that it met last', () => {
    const holds = new Holds();
    for (let time = 0; time < 5; time += 1) holds.meet('often');
    for (let n = 0; n < 5; n += 1) holds.meet('once more');
    for (let n = 0; n < 9_998; n += 1) holds.meet(`other-${n}`);
    expect(holds.meet('often')).toBe(4);
    holds.meet('one more');
    expect([holds.meet('once more'), holds.meet('often')]).toEqual([1, 8]);
  });

  it('leaves nobody listening to the signal', async () => {
    const world = new PolledQueue();
    const { signal } = new AbortController();
    world.put('1', replyTo('mine'));
    const waiting = take(world, 60_000, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await waiting;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('of 50 at once gives each its own, with one poll at a time', async () => {
    const world = new PolledQueue();
    const inbox = inboxOf(world);
    for (let n = 0; n < 50; n += 1) world.put(`m${n}`, replyTo(`r${49 - n}`), n * 7);
    const replies = await Promise.all(Array.from({ length: 50 }, (_, n) => inbox.take(key(`r${n}`), 60_000)));
    expect(replies.map((reply) => reply?.data.requestId)).toEqual(replies.map((_, n) => `r${n}`));
    expect(world.receives).toBe(50);
  });

  it('gives one reply to all that wait for it', async () => {
    const world = new PolledQueue();
    const inbox = inboxOf(world);
    world.put('1', replyTo('mine'), 50);
    const both = await Promise.all([inbox.take(key('mine'), 1_000), inbox.take(key('mine'), 60_000)]);
    expect(both.map((reply) => reply?.data.requestId)).toEqual(['mine', 'mine']);
  });

  it('of two gives up one without the other', async () => {
    const world = new PolledQueue();
    const inbox = inboxOf(world);
    world.put('1', replyTo('late'), 20_000);
    const [early, late] = await Promise.all([
      inbox.take(key('early'), 1_000),
      inbox.take(key('late'), 60_000),
    ]);
    expect(early).toBeNull();
    expect(late?.data.requestId).toBe('late');
  });

  it('of two for one reply gives up one without the other', async () => {
    const world = new PolledQueue();
    const inbox = inboxOf(world);
    world.put('1', replyTo('mine'), 20_000);
    const both = await Promise.all([inbox.take(key('mine'), 1_000), inbox.take(key('mine'), 60_000)]);
    expect(both.map((reply) => reply?.data.requestId)).toEqual([undefined, 'mine']);
  });

  it('may be done again after it was done', async () => {
    const world = new PolledQueue();
    const inbox = inboxOf(world);
    expect(await inbox.take(key('mine'), 1_000)).toBeNull();
    world.put('1', replyTo('mine'), 0);
    expect((await inbox.take(key('mine'), 1_000))?.data.requestId).toBe('mine');
  });

  it('ends with the reason of an abort, and shows again what the poll brings after it', async () => {
    const world = new PolledQueue();
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
    const world = new PolledQueue();
    await expect(take(world, 60_000, AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
    expect(world.receives).toBe(0);
  });

  it('fails for all that wait when the queue cannot be asked, and can be tried again', async () => {
    const world = new PolledQueue();
    let broken = true;
    const inbox = replyInbox(async () => {
      if (broken) throw new Error('gone');
      return world;
    }, world);
    const both = await Promise.allSettled([inbox.take(key('a'), 1_000), inbox.take(key('b'), 1_000)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    world.put('1', replyTo('a'));
    expect((await inbox.take(key('a'), 1_000))?.data.requestId).toBe('a');
  });

  it('survives a release that fails', async () => {
    const world = new PolledQueue();
    world.put('theirs', replyTo('theirs'));
    world.put('1', replyTo('mine'), 100);
    world.release = async () => {
      throw new Error('gone');
    };
    expect((await take(world))?.data.requestId).toBe('mine');
  });
});
