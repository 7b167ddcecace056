import * as z from 'zod';
import { accessSchema } from './access.ts';
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
