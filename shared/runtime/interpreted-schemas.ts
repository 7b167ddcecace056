import * as z from 'zod';

/**
 * Imported first by every function: counts for schemas that are made later. zod would write and compile a parser for each
 * of them at its first use, which pays after thousands of parses; a cold invocation parses a dozen times, and is 10 ms of
 * processor time faster without.
 */
z.config({ jitless: true });
