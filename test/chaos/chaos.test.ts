import { expect, it } from 'vitest';
import { SCENARIOS } from './all.ts';

const SEED = 1;

// Everything of `npm run chaos`, a few runs of each. A history that fails here is told, and its seed is 1.
it.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))('%s', async (_id, scenario) => {
  const { runs, violations } = await scenario.run(SEED, scenario.short);
  expect(violations).toEqual([]);
  expect(runs).toBeGreaterThanOrEqual(scenario.short);
});
