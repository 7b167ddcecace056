/** Measures what this project costs: `npm run bench -- --help`. */
import { runMain } from './bundled.mjs';

await runMain('test/bench/main.ts');
