/** Runs the reliability scenarios of test/chaos on the functions in dist/. */
import { runMain } from './bundled.mjs';

await runMain('test/chaos/main.ts', 'test/chaos/worker.ts');
