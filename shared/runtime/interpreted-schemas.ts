import * as z from 'zod';

/**
 * Turns off zod's compiled parsers. Every function imports this first, because it holds only for schemas that are
 * made later. Compiling a parser pays after thousands of parses; a cold invocation makes a dozen, and saves 10 ms of
 * processor time without.
 */
z.config({ jitless: true });
