import * as z from 'zod';
import { roleReportSchema } from './report.ts';
import { UID } from './request.ts';

/**
 * What the command line invokes the verify function with: roles to look at and answer about. It changes nothing and
 * sends nothing. Without `requesterUid` it is about every role of ours, page by page.
 */
export const invocationSchema = z.strictObject({
  verify: z.strictObject({
    requesterUid: z.string().regex(UID).optional(),
    /** Left out: both roles of the requester, as far as they exist. */
    access: z.enum(['register', 'console']).optional(),
    /** Name of the last role of the page before, as `next` said. */
    after: z.string().max(64).optional(),
  }),
});

export type Invocation = z.output<typeof invocationSchema>;
export type VerifyRequest = Invocation['verify'];

/** What such an invocation answers. */
export const invocationAnswerSchema = z.object({
  roles: z.array(roleReportSchema),
  /** Roles of ours about which nothing was found out, by name, and why: a call failed for good. A function deployed earlier does not say. */
  unjudged: z.array(z.object({ role: z.string(), reason: z.string() })).default([]),
  /** Roles of ours in all, for whoever shows progress. */
  total: z.number().int(),
  /** Ask again with this as `after`; null when this was the last page. */
  next: z.string().nullable(),
});

export type InvocationAnswer = z.output<typeof invocationAnswerSchema>;
