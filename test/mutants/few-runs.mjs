/** In the place of fast-check, while lines are altered. */
import * as original from 'fast-check';

/** So many cases of a property, at most, for each altered line: enough to see it, and few enough to try thousands. */
const MOST_RUNS = 50;

// The same cases for every mutant, so that a score can be repeated; and no time is spent on making a failure smaller.
original.configureGlobal({ seed: 20261123, endOnFailure: true });

const assert = (property, parameters) =>
  original.assert(property, { ...parameters, numRuns: Math.min(parameters?.numRuns ?? 100, MOST_RUNS) });

export * from 'fast-check';
export { assert };
export default { ...original.default, assert };
