import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/**
 * `npm run coverage`: which branches of shared/ the tests run through, in the sources and in the built functions alike.
 * Left out are tests of other folders, those of the command line, which run it in processes of their own, and those that
 * take minutes to look for what nobody thought of: properties, scenarios, rights.
 */
export default defineConfig({
  test: {
    include: ['test/{unit,integration}/**/*.test.ts'],
    exclude: [
      ...configDefaults.exclude,
      'test/unit/{local,cli,bench}/**',
      'test/integration/{cli*,deployment,fleet}.test.ts',
    ],
    deps: { interopDefault: false },
    testTimeout: 300_000,
    maxWorkers: availableParallelism(),
    globalSetup: ['test/coverage/build.ts'],
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
