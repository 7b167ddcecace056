import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest: begun last, they would keep one worker busy while the others have nothing left to do. */
const LONGEST =
  /\/(rights\/rights|chaos\/chaos|browser\/report|docs\/commands|integration\/(cli|cli-bootstrap|client-secret|deploy-script|package|deployment|lanes|live|request-rate|sweep-built|rollback))\.test\.ts$/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONGEST.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((one) => !isLong(one))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The vendor's SDKs are CommonJS: import them as Node.js does, so that a test and a bundle see the same module.
    deps: { interopDefault: false },
    // Files share what is loaded, so none may replace a module: loading it for each took 70 of 114 s of test/unit.
    isolate: false,
    // Bounds on what hangs, not measures: machines are noisy, and no test has one of its own.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Two more than there are cores: a third of the time is spent waiting for child processes.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: LongestFirst },
  },
});
