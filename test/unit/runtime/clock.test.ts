import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../../shared/runtime/clock.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

it('a sleep that is called off leaves no timer behind', async () => {
  const call = new AbortController();
  const slept = systemClock.sleep(60_000, call.signal);
  call.abort();
  await slept;
  expect(vi.getTimerCount()).toBe(0);
});
