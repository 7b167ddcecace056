/**
 * Stryker has no change that leaves an `await` out, which is how a refusal is lost: the caller goes on as if all
 * were done.
 */
import { ofInstrumenter } from './instrumenter.mjs';

const { allMutators } = await ofInstrumenter('mutators/mutate.js');

const awaitMutator = {
  name: 'Await',
  *mutate(path) {
    if (path.isAwaitExpression()) yield path.node.argument;
  },
};

/** From now on Stryker makes these changes and no others. */
export const alterAwaitsOnly = () => allMutators.splice(0, allMutators.length, awaitMutator);
