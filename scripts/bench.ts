/** Measures what this project costs: `npm run bench -- --help`. */
export { main } from '../test/bench/main.ts';
