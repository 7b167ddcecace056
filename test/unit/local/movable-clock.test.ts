import { expect, it, vi } from 'vitest';
import { MovableClock } from '../../../local/movable-clock.ts';

const HOUR = 3_600_000;

/** What of these sleeps has ended so far, in the order in which it did. */
function sleeping(clock: MovableClock, ...sleeps: readonly number[]) {
  const woken: number[] = [];
  const all = sleeps.map((ms) => clock.sleep(ms).then(() => woken.push(ms)));
  return { woken, all };
}

it('is real time, and what it was moved ahead by', () => {
  vi.useFakeTimers({ now: 1_000 });
  try {
    const clock = new MovableClock();
    expect(clock.now()).toBe(1_000);
    clock.advance(5 * HOUR);
    clock.advance(HOUR);
    expect(clock.now()).toBe(1_000 + 6 * HOUR);
  } finally {
    vi.useRealTimers();
  }
});

it('whoever slept until then wakes when it is moved, and nobody else', async () => {
  vi.useFakeTimers({ now: 0 });
  try {
    const clock = new MovableClock();
    const { woken } = sleeping(clock, HOUR, 2 * HOUR, 3 * HOUR);
    clock.advance(2 * HOUR);
    await vi.advanceTimersByTimeAsync(0);
    expect(woken).toEqual([HOUR, 2 * HOUR]);
    await vi.advanceTimersByTimeAsync(3 * HOUR);
    expect(woken).toEqual([HOUR, 2 * HOUR, 3 * HOUR]);
  } finally {
    vi.useRealTimers();
  }
});

it('whoever gives up sleeping wakes at once, before it falls asleep as well', async () => {
  const clock = new MovableClock();
  const given = new AbortController();
  const woken: string[] = [];
  const asleep = clock.sleep(HOUR, given.signal).then(() => woken.push('asleep'));
  given.abort();
  await asleep;
  await clock.sleep(HOUR, given.signal).then(() => woken.push('about to sleep'));
  expect(woken).toEqual(['asleep', 'about to sleep']);
});

it('a sleep that has ended leaves nothing that listens', async () => {
  const clock = new MovableClock();
  const { signal } = new AbortController();
  const removed = vi.spyOn(signal, 'removeEventListener');
  const slept = clock.sleep(HOUR, signal);
  clock.advance(HOUR);
  await slept;
  expect(removed.mock.calls.map(([event]) => event)).toContain('abort');
});
