import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Feed } from '../../../client/feed.ts';
import { readReply } from '../../../client/read-reply.ts';
import type { Reply } from '../../../client/reply.ts';
import { replyInbox, replyKey } from '../../../client/reply-inbox.ts';
import type { Reply as Sent } from '../../../events/reply.ts';
import sample from '../../../events/samples/reply-verified.json' with { type: 'json' };
import { PolledQueue } from '../../kit/polled-queue.ts';

/** What account B sends is always something that account A has a type for. */
const typed = (sent: Sent): Reply => sent;

const bodyOf = (data: object, more: object = {}): string =>
  JSON.stringify({ ...sample, ...more, data: { ...sample.data, ...data } });

describe('a reply of a newer account B', () => {
  it.each([
    ['a status', { status: 'review-due' }],
    ['a code', { problem: { code: 'not-approved', title: 't', detail: 'd', retryable: false } }],
    ['a status of a check', { checks: [{ id: 'x', status: 'deferred', detail: 'd', fix: null }] }],
    ['an assurance', { assurance: 'proved' }],
    [
      'a field',
      { digest: 'abc', grants: [{ id: 'redis', expiresAt: null, instances: null, readOnly: false }] },
    ],
  ])('is delivered with %s that is new', (_what, data) => {
    expect(readReply(bodyOf(data))?.data).toMatchObject(data);
  });

  it('is delivered where a field has another form, without it', () => {
    expect(readReply(bodyOf({ engines: { redis: true }, console: 7, checks: 'none' }))?.data).toMatchObject({
      engines: [],
      console: null,
      checks: [],
      status: 'verified',
    });
  });

  it.each<[data: object, read: object]>([
    [
      { checks: [{ id: 'x', status: 'pass' }] },
      { checks: [{ id: 'x', status: 'pass', detail: '', fix: null }] },
    ],
    [{ checks: [{ id: 7, status: 'pass' }] }, { checks: [] }],
    [
      { problem: { code: 'internal' } },
      { problem: { code: 'internal', title: '', detail: '', retryable: false } },
    ],
    [{ problem: { title: 't' } }, { problem: null }],
    [{ access: undefined }, { access: 'register' }],
    [{ assurance: undefined }, { assurance: 'structural' }],
    [
      { grants: [{ id: 'redis' }] },
      { grants: [{ id: 'redis', expiresAt: null, instances: null, readOnly: false }] },
    ],
    [{ grants: [{ expiresAt: null }] }, { grants: undefined }],
    [{ changes: [{ check: 'x', before: 'a' }] }, { changes: undefined }],
    [{ console: { switchRoleUrl: 'https://x' } }, { console: null }],
  ])('of which %j is missing or of another form is read as %j', (data, read) => {
    expect(readReply(bodyOf(data))?.data).toMatchObject(read);
  });

  it('that names no source has an empty one', () => {
    expect(readReply(bodyOf({}, { source: undefined }))?.source).toBe('');
  });

  it('is all that this version sends', () => {
    expect(readReply(JSON.stringify(sample))).toEqual(sample);
    expect(typed).toBeTypeOf('function');
  });
});

it.each([
  ['no JSON', 'hello'],
  ['a probe', JSON.stringify({ ...sample, type: 'dms-handshake.probe.v1' })],
  ['no data', JSON.stringify({ ...sample, data: undefined })],
  ['nobody’s request', bodyOf({ requestId: 7 })],
])('a message with %s is no reply', (_what, body) => {
  expect(readReply(body)).toBeNull();
});

describe('the replies of a requester', () => {
  const put = (world: PolledQueue, id: string, data: object = {}) =>
    world.put(id, bodyOf({ requestId: id, ...data }, { id }));
  const feedOf = (world: PolledQueue, signal: AbortSignal, wants = (_reply: Reply) => true) =>
    new Feed(
      replyInbox(async () => world, world),
      wants,
      signal,
    );

  it('are heard one by one, and each leaves the queue when the next is asked for', async () => {
    const world = new PolledQueue();
    put(world, 'a', { status: 'changed' });
    put(world, 'b', { status: 'expiring' });
    const seen: (readonly [string, number])[] = [];
    for await (const { data } of feedOf(world, new AbortController().signal)) {
      seen.push([data.status, world.bodies.size]);
      if (data.requestId === 'b') break;
    }
    expect(seen).toEqual([
      ['changed', 2],
      ['expiring', 1],
    ]);
    expect(world.bodies.size).toBe(0);
  });

  it('end when the signal aborts, also while nothing comes', async () => {
    const world = new PolledQueue();
    const stop = new AbortController();
    put(world, 'a');
    let heard = 0;
    for await (const _ of feedOf(world, stop.signal)) {
      heard += 1;
      stop.abort();
    }
    expect(heard).toBe(1);
    expect(await feedOf(world, stop.signal).next()).toEqual({ value: undefined, done: true });
  });

  it('are heard once where the queue shows one twice, and those of others stay', async () => {
    const world = new PolledQueue();
    put(world, 'theirs', { ownerUid: '3' });
    world.put('a1', bodyOf({ requestId: 'a' }, { id: 'a' }));
    world.put('a2', bodyOf({ requestId: 'a' }, { id: 'a' }));
    put(world, 'b');
    const stop = new AbortController();
    const heard: string[] = [];
    for await (const { id, data } of feedOf(world, stop.signal, (reply) => reply.data.ownerUid !== '3')) {
      heard.push(id);
      if (data.requestId === 'b') stop.abort();
    }
    expect(heard).toEqual(['a', 'b']);
    expect([...world.bodies.keys()]).toEqual(['theirs']);
  });

  /** A queue whose polls last until they are answered. */
  function slowQueue() {
    const world = new PolledQueue();
    const polls: (() => void)[] = [];
    const receive = () =>
      new Promise<null>((resolve) => {
        polls.push(() => resolve(null));
      });
    const slow: PolledQueue = Object.assign(Object.create(world), { receive });
    return { world: slow, polls };
  }
  const turns = async () => {
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
  };

  it('end when the signal aborts while they are waited for, and nothing is held back for them', async () => {
    const { world, polls } = slowQueue();
    const inbox = replyInbox(async () => world, world);
    const stop = new AbortController();
    const next = new Feed(inbox, () => true, stop.signal).next();
    await turns();
    stop.abort();
    expect(await next).toEqual({ value: undefined, done: true });
    expect(polls).toHaveLength(1);
    polls[0]?.();
    await turns();
    // Nobody listens any more, so nobody polls.
    expect(polls).toHaveLength(1);
  });

  it('are waited for by one poll at a time', async () => {
    const { world, polls } = slowQueue();
    const inbox = replyInbox(async () => world, world);
    const stop = new AbortController();
    const both = [1, 2].map(() => new Feed(inbox, () => true, stop.signal).next());
    await turns();
    expect(polls).toHaveLength(1);
    stop.abort();
    await Promise.all(both);
  });

  it('are not released once they were handed over', async () => {
    const world = new PolledQueue();
    const released: string[] = [];
    world.release = async (handle) => void released.push(handle);
    const inbox = replyInbox(async () => world, world);
    put(world, 'a');
    await new Feed(inbox, () => true, new AbortController().signal).next();
    put(world, 'b');
    const { requesterUid, ownerUid } = sample.data;
    await inbox.take(replyKey({ requestId: 'b', requesterUid, ownerUid }), 1_000);
    await turns();
    expect(released).toEqual([]);
  });

  it('end where the loop over them ends', async () => {
    const world = new PolledQueue();
    put(world, 'a');
    const feed = feedOf(world, new AbortController().signal);
    const end = { value: undefined, done: true };
    expect(await feed.return()).toEqual(end);
    expect(await feed.next()).toEqual(end);
    expect(world.receives).toBe(0);
  });

  it('are waited for by polls of 10 s', async () => {
    const world = new PolledQueue();
    world.put('a', bodyOf({ requestId: 'a' }, { id: 'a' }), 25_000);
    expect((await feedOf(world, new AbortController().signal).next()).value?.id).toBe('a');
    expect(world.receives).toBe(3);
  });

  it('are received by one poll, however many wait for them', async () => {
    const world = new PolledQueue();
    const inbox = replyInbox(async () => world, world);
    const { signal } = new AbortController();
    const both = ['a', 'b'].map((id) => new Feed(inbox, ({ data }) => data.requestId === id, signal).next());
    put(world, 'a');
    put(world, 'b');
    const heard = await Promise.all(both);
    expect(heard.map(({ value }) => value?.data.requestId)).toEqual(['a', 'b']);
    expect(world.receives).toBe(2);
  });

  it('are known again for 1,000 replies, and leave nobody listening to the signal', async () => {
    const world = new PolledQueue();
    const { signal } = new AbortController();
    const feed = feedOf(world, signal);
    const hear = async (id: string) => {
      put(world, id);
      return (await feed.next()).value?.id;
    };
    for (let n = 0; n <= 1_000; n += 1) await hear(`r-${n}`);
    put(world, 'r-1');
    expect(await hear('new')).toBe('new');
    expect(await hear('r-0')).toBe('r-0');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('throw what the queue throws, and go on when asked again', async () => {
    const world = new PolledQueue();
    const broken = Object.assign(Object.create(world), { receive: () => Promise.reject(new Error('no')) });
    let queue = broken;
    const feed = new Feed(
      replyInbox(async () => queue, world),
      () => true,
      new AbortController().signal,
    );
    await expect(feed.next()).rejects.toThrow('no');
    queue = world;
    put(world, 'a');
    expect((await feed.next()).value?.data.requestId).toBe('a');
  });
});
