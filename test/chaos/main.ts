import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { SCENARIOS } from './all.ts';
import type { Report, Scenario } from './scenario.ts';

/** A scenario as it went. */
export interface Ran {
  readonly scenario: Scenario;
  readonly report: Report;
  readonly seconds: number;
}

export async function runOne(id: string, seed: number, runs: number | null): Promise<Ran> {
  const scenario = SCENARIOS.find((one) => one.id === id);
  if (scenario === undefined) throw new Error(id);
  const started = performance.now();
  const report = await scenario.run(seed, runs ?? scenario.full);
  return { scenario, report, seconds: (performance.now() - started) / 1000 };
}
export async function main() {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, scenario: { type: 'string' }, runs: { type: 'string' } },
  });
  const ran = await runOne(
    values.scenario ?? '',
    Number(values.seed ?? 1),
    values.runs === undefined ? null : Number(values.runs),
  );
  console.log(JSON.stringify({ ...ran, scenario: ran.scenario.id }, null, 1));
  fork;
}
