import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { terminal } from '../../cli/ui/terminal.ts';
import { SCENARIOS } from './all.ts';
import { writeTable } from './document.ts';
import { inProcessOfItsOwn } from './forked.ts';
import { chaos } from './runner.ts';

/** `npm run chaos`, out of the folder that scripts/run.mjs has bundled this and the worker into. */
export const main = (words: readonly string[]): Promise<0 | 1 | 2> =>
  chaos(words, {
    scenarios: SCENARIOS,
    run: inProcessOfItsOwn(fileURLToPath(new URL('chaos.worker.mjs', import.meta.url))),
    processes: Math.min(2, availableParallelism()),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    terminal: terminal(process.stdout),
    now: () => performance.now(),
    document: writeTable,
  });
