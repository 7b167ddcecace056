import { SCENARIOS } from './all.ts';
import type { Order } from './forked.ts';

/**
 * A process of its own for one scenario: takes the order for it, runs it, answers with its report, and goes with
 * who asked.
 */
process.once('disconnect', () => process.exit());
process.once('message', async ({ id, seed, runs }: Order) => {
  const scenario = SCENARIOS.find((one) => one.id === id);
  if (scenario === undefined) throw new Error(`no scenario ${id}`);
  const report = await scenario.run(seed, runs ?? scenario.full);
  process.send?.(report, () => process.disconnect());
});
