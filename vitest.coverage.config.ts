import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/**
 * `npm run coverage`: which branches of shared/ the tests run through, in the sources and in the built code alike. Left
 * out are tests that run nothing of shared/.
 */
export default defineConfig({
  test: {
    include: ['test/{unit,integration,rights,chaos}/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/unit/local/**'],
    deps: { interopDefault: false },
    testTimeout: 600_000,
    maxWorkers: availableParallelism(),
    globalSetup: ['test/coverage/build.ts'],
    setupFiles: ['test/coverage/processes.ts'],
    coverage: {
      provider: 'custom',
      customProviderModule: 'test/coverage/provider.ts',
      include: ['shared/**/*.ts'],
      exclude: ['**/*.d.ts'],
      reporter: [['text', { skipFull: true }]],
      reportOnFailure: true,
      reportsDirectory: 'coverage',
      thresholds: { branches: 98 },
    },
  },
});
