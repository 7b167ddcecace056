import { describe, expect, it } from 'vitest';
import { delayBehind, type Flood, spread } from './flood.ts';

const WRITER: Omit<Flood, 'seed'> = {
  messages: 400,
  withinMs: 10_000,
  perMinute: 10,
  carriedOutMs: 1_000,
  heldMs: 30,
  instances: 1,
  ours: 1,
};
const VERIFY: typeof WRITER = { ...WRITER, perMinute: 60, carriedOutMs: 2_000, heldMs: 150, instances: 20 };
const BOTH_ROLES = 2;

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

describe("the owner's close of both roles behind a flood", () => {
  it('takes the time of both where there is no flood', () => {
    expect(spread({ ...WRITER, messages: 0, ours: BOTH_ROLES }, 10).max).toBeLessThanOrEqual(4);
  });

  it('is done within minutes, where ten requests a minute are carried out', () => {
    const { p50, p90 } = spread({ ...WRITER, ours: BOTH_ROLES }, 50);
    expect([p50 <= 60, p90 <= 180]).toEqual([true, true]);
  });

  it('is never given up, whatever is carried out', () => {
    expect(spread({ ...WRITER, perMinute: 400, ours: BOTH_ROLES }, 5).max).toBeLessThan(5 * 3_600);
  });
});

describe('outcomes that were held back', () => {
  it('do not fill verify: what waits behind 400 of them has its reply within ten seconds', () => {
    const [another, owner] = [1, BOTH_ROLES].map((ours) => spread({ ...VERIFY, ours }, 50));
    expect([another?.p90, owner?.p90].map((seconds = 100) => seconds <= 10)).toEqual([true, true]);
  });

  it('would fill it, were each of them verified like the others', () => {
    const { p50 } = spread({ ...VERIFY, heldMs: VERIFY.carriedOutMs }, 10);
    expect(p50).toBeGreaterThan(3 * spread(VERIFY, 10).p50);
  });
});
