/** Runs the reliability scenarios of test/chaos on the functions in dist/: `npm run chaos -- --help`. */
export { main } from '../test/chaos/main.ts';
