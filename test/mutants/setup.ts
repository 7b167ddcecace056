import { vi } from 'vitest';

/** So many cases of a property, at most, for each altered line: enough to see it, and few enough to try thousands of lines. */
const MOST_RUNS = 150;

/** The same cases for every mutant, so that a score can be repeated; and no time is spent on making a failure smaller. */
vi.mock('fast-check', async (importOriginal) => {
  const original = await importOriginal<typeof import('fast-check')>();
  original.configureGlobal({ seed: 20261123, endOnFailure: true });
  const few = (parameters: Parameters<typeof original.assert>[1]) => ({
    ...parameters,
    numRuns: Math.min(parameters?.numRuns ?? 100, MOST_RUNS),
  });
  const assert = new Proxy(original.assert, {
    apply: (target, self, [property, parameters]) => Reflect.apply(target, self, [property, few(parameters)]),
  });
  return { ...original, default: { ...original.default, assert } };
});
