import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The vendor's SDKs are CommonJS: import them as Node.js does, so that a test and a bundle see the same module.
    deps: { interopDefault: false },
    // Files share the modules that are loaded: nothing of ours keeps anything in one, and loading cost half of the time.
    isolate: false,
    // A bound on what hangs, not a measure: these machines are noisy.
    testTimeout: 120_000,
    // By default one core is left idle: of two, half.
    maxWorkers: availableParallelism(),
  },
});
