import { roleReportSchema } from './report.ts';
import * as z from './zod.ts';

/** What verify answers to the command line (`invocation.ts`). */
export const invocationAnswerSchema = z.object({
  roles: z.array(roleReportSchema),
  /**
   * Roles of ours that could not be tested, by name, with the reason: a call failed for good. Functions of earlier
   * versions leave it out.
   */
  unjudged: z._default(z.array(z.object({ role: z.string(), reason: z.string() })), []),
  /** Number of all roles of ours, to show progress by. */
  total: z.number().check(z.int()),
  /** Ask again with this as `after`; null when this was the last page. */
  next: z.nullable(z.string()),
});

export type InvocationAnswer = z.output<typeof invocationAnswerSchema>;
