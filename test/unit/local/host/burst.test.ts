import { describe, expect, it } from 'vitest';
import { burst } from './burst.ts';

// docs/quality/reliability.md has the figures of larger bursts, made with the same function.
describe('a burst that comes to one writer', () => {
  it.each([
    [10, 300],
    [10, 1_000],
    [100, 300],
    [100, 1_000],
  ])('of %i events of %i ms each is served whole, well within five hours', async (events, runMs) => {
    const { served, last } = await burst(events, runMs, 0.5, 1);
    expect(served).toBe(events);
    expect(last).toBeLessThan(900);
  });

  it('is mostly given up if the platform spreads no pauses: each try meets all the others', async () => {
    const { served, last } = await burst(100, 1_000, 0, 1);
    expect(served).toBe(16);
    expect(last).toBeGreaterThan(16_383);
  });
});
