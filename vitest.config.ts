import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The vendor's SDKs are CommonJS: import them as Node.js does, so that a test and a bundle see the same module.
    deps: { interopDefault: false },
    // Files share what is loaded, so none may replace a module: loading it for each took 70 of 114 s of test/unit.
    isolate: false,
    // A bound on what hangs, not a measure: these machines are noisy.
    testTimeout: 120_000,
    // One more than there are cores: a third of the time is spent waiting for child processes.
    maxWorkers: availableParallelism() + 1,
  },
});
