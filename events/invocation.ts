import * as z from 'zod';
import { accessSchema } from './access.ts';
import { roleReportSchema } from './report.ts';
import { UID } from './uid.ts';

/**
 * The event with which the command line invokes the verify function: which roles to test. The function answers,
 * changes nothing and sends nothing. Without `requesterUid` it tests every role of ours, page by page.
 */
export const invocationSchema = z.strictObject({
  verify: z.strictObject({
    requesterUid: z.string().regex(UID).optional(),
    /** Left out: both roles of the requester, as far as they exist. */
    access: accessSchema.optional(),
    /** Name of the last role of the page before, as `next` said. */
    after: z.string().max(64).optional(),
  }),
});

export type VerifyRequest = z.output<typeof invocationSchema>['verify'];

/** What such an invocation answers. */
export const invocationAnswerSchema = z.object({
  roles: z.array(roleReportSchema),
  /**
   * Roles of ours that could not be tested, by name, with the reason: a call failed for good. Functions of earlier
   * versions leave it out.
   */
  unjudged: z.array(z.object({ role: z.string(), reason: z.string() })).default([]),
  /** Number of all roles of ours, to show progress by. */
  total: z.number().int(),
  /** Ask again with this as `after`; null when this was the last page. */
  next: z.string().nullable(),
});

export type InvocationAnswer = z.output<typeof invocationAnswerSchema>;
