import { COUNTS } from './built.ts';

/** Tells the processes that a test starts to count, too: Node.js passes this on by itself. Too late for this one. */
process.env['NODE_V8_COVERAGE'] = COUNTS;
