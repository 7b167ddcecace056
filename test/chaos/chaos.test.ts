import { expect, it } from 'vitest';
import { SCENARIOS } from './all.ts';

const SEED = 1;

/** Of a scenario that is run in full, the least: the others say how many. */
const EVERY = 200;

// Everything of `npm run chaos`, a few runs of each, of deaths all. A history that fails here is told, and its seed is 1.
it.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))(
  '%s',
  async (_id, scenario) => {
    const { runs, violations } = await scenario.run(SEED, scenario.short);
    expect(violations).toEqual([]);
    expect(runs).toBeGreaterThanOrEqual(Number.isFinite(scenario.short) ? scenario.short : EVERY);
  },
  120_000,
);
