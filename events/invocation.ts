import { accessSchema } from './access.ts';
import { UID } from './uid.ts';
import * as z from './zod.ts';

/**
 * The event with which the command line invokes the verify function: which roles to test. The function answers,
 * changes nothing and sends nothing. Without `requesterUid` it tests every role of ours, page by page.
 */
export const invocationSchema = z.strictObject({
  verify: z.strictObject({
    requesterUid: z.optional(z.string().check(z.regex(UID))),
    /** Left out: both roles of the requester, as far as they exist. */
    access: z.optional(accessSchema),
    /** Name of the last role of the page before, as `next` said. */
    after: z.optional(z.string().check(z.maxLength(64))),
  }),
});

export type VerifyRequest = z.output<typeof invocationSchema>['verify'];
