import { describe, expect, it } from 'vitest';
import { delayBehind, type Flood, spread } from './flood.ts';

const WRITER: Omit<Flood, 'seed'> = {
  messages: 400,
  withinMs: 10_000,
  perMinute: 10,
  carriedOutMs: 1_000,
  heldMs: 30,
  instances: 1,
};

describe('a request behind the flood of another', () => {
  it('takes its own time where there is no flood', () => {
    expect(spread({ ...WRITER, messages: 0 }, 10).max).toBeLessThanOrEqual(1.2);
  });

  it('waits the same for the same seed', () => {
    expect(delayBehind({ ...WRITER, seed: 7 })).toBe(delayBehind({ ...WRITER, seed: 7 }));
  });

  it('waits seconds where none of the flood is carried out, as none is that proves nobody', () => {
    const { p90, max } = spread({ ...WRITER, perMinute: 0 }, 200);
    expect(p90).toBeLessThanOrEqual(20);
    expect(max).toBeLessThanOrEqual(60);
  });

  it('waits less, the less of the flood is carried out', () => {
    const [few, many] = [10, 60].map((perMinute) => spread({ ...WRITER, perMinute }, 20));
    expect(few?.p50).toBeLessThan(60);
    expect(many?.p50).toBeGreaterThan(5 * (few?.p50 ?? 0));
  });
});
