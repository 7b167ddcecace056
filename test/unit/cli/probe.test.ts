import { describe, expect, it } from 'vitest';
import { awaitProbe } from '../../../cli/proof/probe.ts';
import { replyInbox, replyKey } from '../../../client/reply-inbox.ts';
import probe from '../../../events/samples/probe.json' with { type: 'json' };
import reply from '../../../events/samples/reply-verified.json' with { type: 'json' };
import { PolledQueue } from '../../kit/polled-queue.ts';

const MINUTE = 60_000;
const at = (id: string, ms: number): string =>
  JSON.stringify({ ...probe, id, time: new Date(ms).toISOString() });
const waitFor = (queue: PolledQueue, id?: string) => awaitProbe(async () => queue, queue, 2 * MINUTE, id);

describe('a probe', () => {
  it('is taken out of the queue by the command that waits for it', async () => {
    const queue = new PolledQueue();
    queue.put('1', at('a', 0), 5_000);
    expect((await waitFor(queue))?.id).toBe('a');
    expect(queue.bodies.size).toBe(0);
  });

  it('that is old, or of another run, is taken out too and proves nothing', async () => {
    const queue = new PolledQueue();
    queue.put('1', at('old', -16 * MINUTE));
    expect(await waitFor(queue)).toBeNull();
    expect(queue.now()).toBe(2 * MINUTE + 10);
    queue.put('2', at('other', queue.now()));
    expect(await waitFor(queue, 'mine')).toBeNull();
    expect(queue.bodies.size).toBe(0);
  });

  it('of a quarter of an hour ago is taken for a new one, and no older one', async () => {
    for (const [ms, id] of [
      [10, 'a'],
      [9, undefined],
    ] as const) {
      const queue = new PolledQueue();
      queue.put('1', at('a', ms - 15 * MINUTE));
      expect((await waitFor(queue))?.id).toBe(id);
    }
  });

  it('that comes after others is found', async () => {
    const queue = new PolledQueue();
    queue.put('1', at('other', 0));
    queue.put('2', at('mine', 0), 500);
    expect((await waitFor(queue, 'mine'))?.id).toBe('mine');
  });

  it('leaves everything else in the queue', async () => {
    const queue = new PolledQueue();
    queue.put('reply', JSON.stringify(reply));
    queue.put('odd', 'not json');
    queue.put('1', at('a', 0), 2_500);
    expect((await waitFor(queue))?.id).toBe('a');
    expect([...queue.bodies.keys()]).toEqual(['reply', 'odd']);
  });

  it('does no harm to a client that waits for its reply, nor the client to it', async () => {
    const queue = new PolledQueue();
    queue.put('1', at('a', 0));
    queue.put('2', JSON.stringify(reply), 50);
    const inbox = replyInbox(async () => queue, queue);
    expect(await inbox.take(replyKey(reply.data), MINUTE)).toMatchObject({ id: reply.id });
    expect((await waitFor(queue, 'a'))?.id).toBe('a');
    expect(queue.bodies.size).toBe(0);
  });
});
