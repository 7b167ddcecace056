import { configDefaults, defineConfig } from 'vitest/config';

/**
 * `npm run coverage`: which branches of shared/ the tests run through. Only tests that import the sources count: built
 * bundles are evaluated apart, and nobody sees into them.
 */
export default defineConfig({
  test: {
    include: [
      'test/unit/**/*.test.ts',
      'test/property/**/*.test.ts',
      'test/conformance/**/*.test.ts',
      'test/integration/{sweep,deployment}.test.ts',
    ],
    exclude: [
      ...configDefaults.exclude,
      'test/unit/local/**',
      'test/property/admission/**',
      'test/property/intake/**',
    ],
    deps: { interopDefault: false },
    testTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts'],
      exclude: ['**/*.d.ts'],
      reporter: ['text', 'json'],
      reportsDirectory: 'coverage',
      thresholds: { branches: 98 },
    },
  },
});
