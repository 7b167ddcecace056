import { describe, expect, it } from 'vitest';
import { pause } from '../../../shared/reconcile/pause.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { TestClock } from '../../kit/clock.ts';

/** What is slept before the next reading, where the invocation lasts so much longer. */
async function paused(round: number, lasts = 60_000) {
  const clock = new TestClock();
  await pause({ clock, deadline: millis(clock.now() + lasts) }, round);
  return clock.waits;
}

describe('before the next reading', () => {
  it.each([
    [0, 250],
    [1, 500],
    [4, 4_000],
    [5, 5_000],
    [40, 5_000],
  ])('of round %i it waits %i ms', async (round, wait) => {
    expect(await paused(round)).toEqual([wait]);
  });

  it('waits up to the last millisecond of the invocation', async () => {
    expect(await paused(0, 250)).toEqual([250]);
  });

  it('gives the event back where the invocation ends sooner', async () => {
    await expect(paused(0, 249)).rejects.toThrow(
      'the time of this invocation is up; the next delivery goes on from here',
    );
    await expect(paused(0, 249)).rejects.toMatchObject({ code: 'throttled', retryable: true });
  });
});
