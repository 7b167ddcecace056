import { defineConfig } from 'vitest/config';

/** The tests that `npm run mutants` runs against each altered line: of the rules and of who is who, on sources only. */
export default defineConfig({
  test: {
    include: [
      'test/unit/access/**/*.test.ts',
      'test/unit/auth/**/*.test.ts',
      'test/unit/workflow/ownership.test.ts',
      'test/unit/requesters/**/*.test.ts',
      'test/unit/sweep/{plan-expiry,verdict}.test.ts',
      'test/unit/intake/{intake,edges}.test.ts',
      'test/property/access/**/*.test.ts',
    ],
    // It reads the source files as text, and the altered ones are full of comparisons.
    exclude: ['test/unit/auth/constant-time.test.ts'],
    // Nothing here keeps state between files, and to load them once takes half the time.
    isolate: false,
    testTimeout: 60_000,
    setupFiles: ['test/mutants/setup.ts'],
  },
});
