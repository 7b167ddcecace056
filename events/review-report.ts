import { accessSchema } from './access.ts';
import { grantSchema } from './grant.ts';
import { emergencySchema } from './report.ts';
import * as z from './zod.ts';

/** What `review --json` prints: the roles that are due, longest first. */
export const reviewReportSchema = z.object({
  roles: z.array(
    z.object({
      roleArn: z.string(),
      requesterUid: z.string(),
      access: accessSchema,
      grants: z.array(grantSchema),
      /** When the owner confirmed the role last; null for never. */
      reviewedAt: z.nullable(z.string()),
      /** Since when a review is due. */
      dueAt: z.string(),
      /** Where it is due because of an emergency. */
      breakGlass: z.optional(emergencySchema),
    }),
  ),
});
export type ReviewReport = z.output<typeof reviewReportSchema>;

/** What `review --keep --json` prints. */
export const keptReportSchema = z.object({
  roleArn: z.string(),
  requestId: z.string(),
  /** `sent`: nobody has seen yet what became of it. */
  status: z.enum(['kept', 'sent']),
});
export type KeptReport = z.output<typeof keptReportSchema>;
