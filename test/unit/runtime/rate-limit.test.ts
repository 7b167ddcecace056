import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../local/testing/virtual-clock.ts';
import { pacedWriter } from '../../../shared/reconcile/rate-limited-writer.ts';
import { pool } from '../../../shared/runtime/pool.ts';
import { Pacer } from '../../../shared/runtime/rate-limit.ts';
import { TestClock } from '../../kit/clock.ts';

describe('the pacer', () => {
  it('spaces the calls of one operation evenly, in the order of asking, and of others by themselves', async () => {
    const clock = new VirtualClock(1_000);
    const pacer = new Pacer(clock, 10);
    const done: string[] = [];
    for (const name of ['a1', 'a2', 'a3']) void pacer.turn('a').then(() => done.push(name));
    void pacer.turn('b').then(() => done.push('b1'));
    await clock.advance(0);
    expect(done).toEqual(['a1', 'b1']);
    await clock.advance(99);
    expect(done).toEqual(['a1', 'b1']);
    await clock.advance(1);
    expect(done).toEqual(['a1', 'b1', 'a2']);
    await clock.advance(100);
    expect(done).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('lets go at once where there is nothing to wait for: no timer is set', async () => {
    const clock = new TestClock(1_000);
    const pacer = new Pacer(clock, 10);
    await pacer.turn('a');
    clock.advance(100);
    await pacer.turn('a');
    expect(clock.waits).toEqual([]);
    await pacer.turn('a');
    expect(clock.waits).toEqual([100]);
  });

  it('lets nobody catch up after a rest', async () => {
    const clock = new VirtualClock(1_000);
    const pacer = new Pacer(clock, 10);
    await pacer.turn('a');
    await clock.advance(8_000);
    let turns = 0;
    for (let call = 0; call < 5; call += 1) void pacer.turn('a').then(() => (turns += 1));
    await clock.advance(0);
    expect(turns).toBe(1);
  });
});

it('a clock that is set back makes nobody wait for the old time', async () => {
  const clock = new VirtualClock(1_000);
  const pacer = new Pacer(clock, 10);
  await pacer.turn('a');
  await clock.advance(-500);
  const done: string[] = [];
  for (const name of ['a1', 'a2']) void pacer.turn('a').then(() => done.push(name));
  await clock.advance(0);
  expect(done).toEqual(['a1']);
  await clock.advance(100);
  expect(done).toEqual(['a1', 'a2']);
});

describe('a writer that is paced', () => {
  const attach = {
    operation: 'attach-policy',
    target: 'P',
    reason: '',
    policy: { name: 'P', type: 'Custom' },
  } as const;
  const tag = { operation: 'tag-role', target: 'r', reason: '', tags: new Map<string, string>() } as const;

  it.each(['attach-policy', 'detach-policy'] as const)(
    'waits before it calls %s again, and before nothing else',
    async (paced) => {
      const clock = new VirtualClock(1_000);
      const done: string[] = [];
      const apply = async (_role: string, { operation }: { operation: string }) => {
        done.push(operation);
        return 'done' as const;
      };
      const writer = pacedWriter({ apply }, new Pacer(clock, 10));
      const put = { ...attach, operation: paced } as const;
      expect(await writer.apply('r', put)).toBe('done');
      for (const write of [put, tag, tag]) void writer.apply('r', write);
      await clock.advance(0);
      expect(done).toEqual([paced, 'tag-role', 'tag-role']);
      await clock.advance(100);
      expect(done).toEqual([paced, 'tag-role', 'tag-role', paced]);
    },
  );
});

describe('the pool', () => {
  it('works on as many at a time as it may, on all, in order', async () => {
    const running = new Set<number>();
    const begun: number[] = [];
    let most = 0;
    const items = Array.from({ length: 50 }, (_, n) => n);
    const taken = await pool(items, 8, async (n) => {
      begun.push(n);
      running.add(n);
      most = Math.max(most, running.size);
      await new Promise(setImmediate);
      running.delete(n);
    });
    expect([taken, most, begun]).toEqual([50, 8, items]);
  });

  it('takes no more when it is told to stop, and waits for what it took', async () => {
    let ended = 0;
    const taken = await pool(
      [1, 2, 3, 4, 5, 6],
      2,
      async () => {
        await new Promise(setImmediate);
        ended += 1;
      },
      () => ended < 2,
    );
    expect(taken).toBe(ended);
    expect(taken).toBeLessThan(6);
  });

  it('throws the first failure after the others have ended, and takes no further item', async () => {
    const ended: number[] = [];
    const run = pool([1, 2, 3, 4], 2, async (n) => {
      await new Promise(setImmediate);
      if (n === 1) throw new Error('first');
      ended.push(n);
    });
    await expect(run).rejects.toThrow('first');
    expect(ended).toEqual([2]);
  });
});
