import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../shared/runtime/clock.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'Date'], now: 1_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sleeps for so long, and tells whether that is over. */
function asleep(ms: number, signal?: AbortSignal): () => Promise<boolean> {
  let awake = false;
  void systemClock.sleep(ms, signal).then(() => {
    awake = true;
  });
  return async () => {
    await vi.advanceTimersByTimeAsync(0);
    return awake;
  };
}

describe('the system’s clock', () => {
  it('tells the system’s time', async () => {
    expect(systemClock.now()).toBe(1_000);
    await vi.advanceTimersByTimeAsync(1);
    expect(systemClock.now()).toBe(1_001);
  });

  it('sleeps for as long as it is told, with a signal or without', async () => {
    const sleeps = [asleep(500), asleep(500, new AbortController().signal)];
    await vi.advanceTimersByTimeAsync(499);
    expect(await Promise.all(sleeps.map((isAwake) => isAwake()))).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await Promise.all(sleeps.map((isAwake) => isAwake()))).toEqual([true, true]);
  });

  it('wakes when it is called', async () => {
    const call = new AbortController();
    const isAwake = asleep(60_000, call.signal);
    expect(await isAwake()).toBe(false);
    call.abort();
    expect(await isAwake()).toBe(true);
    expect(systemClock.now()).toBe(1_000);
  });

  it('does not sleep when it was called before', async () => {
    expect(await asleep(60_000, AbortSignal.abort())()).toBe(true);
    expect(systemClock.now()).toBe(1_000);
  });

  it('leaves nothing behind at a signal that outlives the sleep', async () => {
    const { signal } = new AbortController();
    const isAwake = asleep(500, signal);
    await vi.advanceTimersByTimeAsync(500);
    expect(await isAwake()).toBe(true);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
