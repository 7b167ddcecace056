import * as z from './zod.ts';

const pendingRequestSchema = z.object({
  requestId: z.string(),
  requesterUid: z.string(),
  /** The words that wait; null where no message that holds them is left. */
  request: z.nullable(z.record(z.string(), z.unknown())),
  digest: z.string(),
  since: z.string(),
  endsAt: z.string(),
});
export type PendingRequest = z.output<typeof pendingRequestSchema>;

/** What `pending --json` prints, oldest first. */
export const pendingReportSchema = z.object({ requests: z.array(pendingRequestSchema) });
export type PendingReport = z.output<typeof pendingReportSchema>;

/** What `approve` and `deny` print with `--json`. */
export const answerReportSchema = z.object({
  requestId: z.string(),
  digest: z.string(),
  /** `sent`: nobody has seen yet what became of it. */
  status: z.enum(['approved', 'denied', 'sent']),
});
export type AnswerReport = z.output<typeof answerReportSchema>;
