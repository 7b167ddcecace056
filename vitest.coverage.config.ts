import { configDefaults, defineConfig } from 'vitest/config';

/**
 * `npm run coverage`: which branches of shared/ the tests run through. Only tests that import the sources count: built
 * bundles are evaluated apart, and nobody sees into them.
 */
export default defineConfig({
  test: {
    include: [
      'test/unit/**/*.test.ts',
      'test/property/{access,sweep}/**/*.test.ts',
      'test/property/lifecycle/{deliveries,steps}.test.ts',
      'test/conformance/*.conformance.test.ts',
      'test/integration/{sweep,deployment}.test.ts',
    ],
    exclude: [...configDefaults.exclude, 'test/unit/local/**', 'test/unit/cli/**'],
    deps: { interopDefault: false },
    testTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts'],
      exclude: ['**/*.d.ts'],
      reporter: ['text'],
      reportOnFailure: true,
      reportsDirectory: 'coverage',
      thresholds: { branches: 87 },
    },
  },
});
