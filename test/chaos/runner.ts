import type { Terminal } from '../../cli/ui/terminal.ts';
import { pool } from '../../shared/runtime/pool.ts';
import type { Run } from './document.ts';
import { parseOptions, UsageError, usage } from './options.ts';
import { asJson, asTable, endedLine, type Ran, violations } from './print.ts';
import type { Report, Scenario } from './scenario.ts';

/** Where the runner finds and leaves things. */
export interface Surroundings {
  readonly scenarios: readonly Scenario[];
  /** Runs one scenario to its end; `runs` null for its own number. */
  readonly run: (scenario: Scenario, seed: number, runs: number | null) => Promise<Report>;
  /** Scenarios side by side. */
  readonly processes: number;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** How wide the table may be. */
  readonly terminal: Terminal;
  /** Real time, in ms. */
  readonly now: () => number;
  readonly document: (run: Run) => Promise<void>;
}

/** Runs what the words ask for, and answers the exit status: 0 every promise held, 1 one did not, 2 wrong usage. */
export async function chaos(words: readonly string[], around: Surroundings): Promise<0 | 1 | 2> {
  const { scenarios, out, err } = around;
  try {
    const options = parseOptions(words, scenarios);
    if (options.help) {
      out(usage(scenarios));
      return 0;
    }
    const { seed, runs } = options;
    const started = around.now();
    const ran = await runAll(options.scenarios, seed, runs, around);
    const seconds = (around.now() - started) / 1000;
    for (const one of ran) err(violations(one, seed, runs));
    if (options.json) out(asJson(seed, ran));
    else out(asTable(seed, ran, seconds, around.terminal));
    if (options.doc) await around.document({ seed, runs, ran, seconds });
    return ran.some(({ report }) => report.violations.length > 0) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err(`${error.message}\n`);
    return 2;
  }
}

/** The longest first, so that the last to end is not one that began last; answered in their own order. */
async function runAll(
  scenarios: readonly Scenario[],
  seed: number,
  runs: number | null,
  { run, processes, now, err }: Surroundings,
): Promise<readonly Ran[]> {
  const done = new Map<Scenario, Ran>();
  const longestFirst = scenarios.toSorted((a, b) => (b.seconds ?? 0) - (a.seconds ?? 0));
  await pool(longestFirst, processes, async (scenario) => {
    const started = now();
    const report = await run(scenario, seed, runs);
    const ran = { scenario, report, seconds: (now() - started) / 1000 };
    done.set(scenario, ran);
    err(endedLine(ran, done.size, scenarios.length));
  });
  return scenarios.flatMap((scenario) => done.get(scenario) ?? []);
}
