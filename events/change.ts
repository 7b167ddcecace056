import * as z from './zod.ts';

/** One thing that was written for a request. */
export const changeSchema = z.object({
  /** The check that it is about: `policies-attached`, `trust-dms`, ... */
  check: z.string(),
  /** What was found, and the write that ended it. */
  before: z.string(),
  after: z.string(),
  /** False: somebody else had changed the role, and that was repaired on the way. The owner is told of it, too. */
  asked: z.boolean(),
});

export type WrittenChange = z.output<typeof changeSchema>;
