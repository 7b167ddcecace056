import { rmSync } from 'node:fs';
import type { Reporter } from 'vitest/node';
import { COSTS, costTables, readCosts } from './costs.ts';

/** Prints what each folder and the dearest files took, in seconds of processor time, child processes included. */
export default class CostReporter implements Reporter {
  onInit(): void {
    rmSync(COSTS, { force: true });
  }

  onTestRunEnd(): void {
    process.stdout.write(`\n${costTables(readCosts())}`);
  }
}
