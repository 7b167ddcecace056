import { stopUnderLoad } from '../../kit/stopped-cloud.ts';
import { Dice } from '../dice.ts';
import { scenario, unmet } from '../scenario.ts';

interface Case {
  /** Published before the signal; null: it is sent at the ready line. */
  readonly messages: number | null;
}

/**
 * A process that has not ended by then did not end within a second. In the short version others want the
 * processor, too.
 */
const PATIENCE_MS = { full: 1_000, short: 5_000 };
const FEW = 10;

export const stopped = scenario<Case & { readonly patienceMs: number }>({
  id: 'stopped',
  promise: 'SIGTERM at any moment ends the local cloud within a second, and nothing of it is left',
  where: 'built functions',
  unit: 'local clouds, stopped at the ready line or with a long poll, pushes and retries under way',
  full: 100,
  short: 3,
  seconds: 90,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'stopped');
    const patienceMs = runs < FEW ? PATIENCE_MS.short : PATIENCE_MS.full;
    for (let run = 0; run < runs; run += 1)
      yield { messages: dice.chance(0.3) ? null : dice.int(1, 40), patienceMs };
  },
  async attempt({ messages, patienceMs }) {
    const { code, ms, left } = await stopUnderLoad({ messages, patienceMs });
    const wrong = unmet(
      [code === 0, code === null ? `it did not end within ${patienceMs} ms` : `it ended with ${code}`],
      [left.length === 0, `it left ${left.join(', ')}`],
    );
    return { runs: 1, wrong, figure: Math.round(ms) };
  },
  tell: ({ messages }) => [
    messages === null ? 'SIGTERM at the ready line' : `SIGTERM after ${messages} messages`,
  ],
  worst: (figure) => `${figure} ms to the end`,
});
