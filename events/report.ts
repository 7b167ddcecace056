import { z } from 'zod';
import { checkSchema } from './reply.ts';

/** What a role of ours was found to be, by a verification that nobody's request asked for. */
export const roleReportSchema = z.object({
  /** As RAM returned it; null where the role that was asked about does not exist. */
  roleArn: z.string().nullable(),
  requesterUid: z.string(),
  access: z.enum(['register', 'console']),
  /** `verified`: grants what its record says. `revoked`: grants nothing, and says so. `failed`: some check failed. */
  status: z.enum(['verified', 'revoked', 'failed']),
  /** `assumed`: a real AssumeRole succeeded. `structural`: documents were compared, no more. */
  assurance: z.enum(['assumed', 'structural']),
  checks: z.array(checkSchema),
});

export type RoleReport = z.output<typeof roleReportSchema>;

/** What `verify --json` prints. */
export const verifyReportSchema = z.object({ roles: z.array(roleReportSchema) });
export type VerifyReport = z.output<typeof verifyReportSchema>;
