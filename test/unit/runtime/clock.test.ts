import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../shared/runtime/clock.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the system’s clock', () => {
  it('tells the system’s time', () => {
    expect(systemClock.now()).toBe(1_000);
  });

  it('sleeps for as long as it is told', async () => {
    let awake = false;
    const slept = systemClock.sleep(500).then(() => {
      awake = true;
    });
    await vi.advanceTimersByTimeAsync(499);
    expect(awake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await slept;
    expect(awake).toBe(true);
  });

  it('wakes when it is called, and leaves no timer behind', async () => {
    const call = new AbortController();
    const slept = systemClock.sleep(60_000, call.signal);
    call.abort();
    await slept;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not sleep when it was called before', async () => {
    let awake = false;
    void systemClock.sleep(60_000, AbortSignal.abort()).then(() => {
      awake = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(awake).toBe(true);
  });
});
