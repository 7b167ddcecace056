import { mergeConfig } from 'vitest/config';
import tests from './vitest.config.ts';

/** `npm run cost`: what the tests take in processor time, by folder. Figures of a wall clock say more about the machine. */
export default mergeConfig(tests, {
  test: { setupFiles: ['test/cost/setup.ts'], reporters: ['dot', './test/cost/reporter.ts'] },
});
