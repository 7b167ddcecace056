import { accessSchema } from './access.ts';
import { changeSchema as writtenChangeSchema } from './change.ts';
import { checkSchema } from './check.ts';
import { grantSchema } from './grant.ts';
import { problemSchema } from './problem.ts';
import { STATUSES } from './reply.ts';
import * as z from './zod.ts';

/** Access that was taken in an emergency. */
export const emergencySchema = z.object({
  reason: z.string(),
  since: z.string(),
  until: z.string(),
  /** Whether the owner has confirmed the role since. */
  confirmed: z.boolean(),
});
export type EmergencyReport = z.output<typeof emergencySchema>;
/** The day (UTC) on which DMS assumed a role last, as far as the sweep has seen; null where it saw none. */
const lastUsedOn = z.nullable(z.string());

/** What a verification found about a role that no request asked about. */
export const roleReportSchema = z.object({
  /** As RAM returned it; null where the role that was asked about does not exist. */
  roleArn: z.nullable(z.string()),
  requesterUid: z.string(),
  access: accessSchema,
  /** `verified`: grants what its record says. `revoked`: grants nothing, and says so. `failed`: some check failed. */
  status: z.enum(['verified', 'revoked', 'failed']),
  /** `assumed`: a real AssumeRole succeeded. `structural`: documents were compared, no more. */
  assurance: z.enum(['assumed', 'structural']),
  checks: z.array(checkSchema),
  /** What it grants, each with its own end and scope; functions of earlier versions leave it out. */
  grants: z._default(z.array(grantSchema), []),
  /** The last access that was taken in an emergency; left out where there was none. */
  breakGlass: z.optional(emergencySchema),
  lastUsedOn: z._default(lastUsedOn, null),
});

export type RoleReport = z.output<typeof roleReportSchema>;

/** What `verify --json` prints. */
export const verifyReportSchema = z.object({ roles: z.array(roleReportSchema) });
export type VerifyReport = z.output<typeof verifyReportSchema>;

/** A role of ours in a listing, as its tags describe it. */
export const listedRoleSchema = z.object({
  roleArn: z.string(),
  requesterUid: z.string(),
  access: accessSchema,
  /** What its record grants now, sorted; empty for console access and for a closed role. */
  engines: z.array(z.string()),
  /** The earliest end of these grants; null where none ends. */
  expiresAt: z.nullable(z.string()),
  /** Each grant with its own end and scope, by id. */
  grants: z.array(grantSchema),
  /** `reference` of the last grant that changed something; null for none. */
  reference: z.nullable(z.string()),
  /** The last access that was taken in an emergency; left out where there was none. */
  breakGlass: z.optional(emergencySchema),
  /** What verify found last, in the sweep or for whoever asked; null before anybody has looked. */
  lastVerdict: z.nullable(z.enum(['verified', 'failed'])),
  /** Since when that verdict holds. */
  verifiedAt: z.nullable(z.string()),
  lastUsedOn,
});

/** What `list --json` prints. */
export const listReportSchema = z.object({
  roles: z.array(listedRoleSchema),
  /** What of ActionTrail the sweep has read without a gap, and why the last try failed; left out where none has tried. */
  lastUse: z.optional(z.object({ since: z.string(), until: z.string(), fault: z.nullable(z.string()) })),
});
export type ListReport = z.output<typeof listReportSchema>;

const historyEventSchema = z.object({
  at: z.string(),
  /** Of an event `unanswered` the id of the message. */
  requestId: z.string(),
  requesterUid: z.nullable(z.string()),
  access: accessSchema,
  /**
   * That of the reply; `unanswered`: provision was about to write, and no outcome followed; `written`: a call of RAM, from
   * ActionTrail, where the functions write no logs.
   */
  status: z.enum([...STATUSES, 'unanswered', 'written']),
  /** What the record granted before and after, a text each; null where the role was not looked at. */
  before: z.nullable(z.array(z.string())),
  after: z.nullable(z.array(z.string())),
  changes: z.array(writtenChangeSchema),
  reference: z.nullable(z.string()),
  approvedBy: z.nullable(z.string()),
  /** The reason of an emergency; left out where there was none. */
  breakGlass: z.optional(z.string()),
  problem: z.nullable(z.pick(problemSchema, { code: true, title: true })),
  /** Of `written` only: what was called, on which role or policy, and by whom. */
  write: z.optional(z.object({ call: z.string(), target: z.string(), by: z.string() })),
});

/** What `history --json` prints, oldest first. */
export const historyReportSchema = z.object({ events: z.array(historyEventSchema) });
export type HistoryReport = z.output<typeof historyReportSchema>;

const changeSchema = z.object({
  /** What is to be called, such as `create-role`. */
  operation: z.string(),
  /** Name of the role, policy, topic, queue or subscription. */
  target: z.string(),
  reason: z.string(),
});

/** What `plan --json` and `bootstrap --json` print: in the order of the writes, empty where nothing is to be done. */
export const planReportSchema = z.object({
  changes: z.array(changeSchema),
  /** `plan` only: what the role would grant then, each with its own end and scope. */
  grants: z.optional(z.array(grantSchema)),
  /** `plan` only: why the owner would have to approve it first; left out where nothing would wait. */
  waits: z.optional(z.array(z.string())),
});
export type PlanReport = z.output<typeof planReportSchema>;

/** What `doctor --json` prints. */
export const doctorReportSchema = z.object({ checks: z.array(checkSchema) });
export type DoctorReport = z.output<typeof doctorReportSchema>;

/** What `register --json` prints. */
export const registerReportSchema = z.object({
  /** Id of the instance in DMS; null after `--dry-run`. */
  instanceId: z.nullable(z.string()),
  host: z.string(),
  port: z.number().check(z.int()),
  /** `registered` now, `present` before, or `dry-run`. */
  status: z.enum(['registered', 'present', 'dry-run']),
  /** The user of DMS who is its DBA; null where it was registered before. */
  dbaId: z.nullable(z.string()),
  /** Whether its dictionary was synchronised; DMS does that under Security Collaboration only. */
  synchronised: z.boolean(),
});
export type RegisterReport = z.output<typeof registerReportSchema>;

/** What `revoke --as-owner --json` prints: the roles that are there, or with `--wait 0` those that were written to. */
export const closeReportSchema = z.object({
  roles: z.array(
    z.object({
      roleArn: z.nullable(z.string()),
      /** `failed`: some check fails at the end of the wait. `pending`: it still grants. `sent`: nobody has looked. */
      status: z.enum(['closed', 'failed', 'pending', 'sent']),
    }),
  ),
});

/** What `request --wait 0 --json` prints. */
export const sentReportSchema = z.object({ requestId: z.string(), status: z.literal('sent') });

/** What verify could not answer in any attempt. */
export const letterSchema = z.object({
  /** The message in the queue of dead letters. */
  id: z.string(),
  /** When Function Compute gave up; null where the message does not say. */
  at: z.nullable(z.string()),
  /** As the request says; null where the event was none of a request, or cannot be read. */
  requestId: z.nullable(z.string()),
  requesterUid: z.nullable(z.string()),
  /** What the last attempt failed with. */
  reason: z.string(),
  /** The request as it was sent, without an envelope: its signature is for nobody to see. A text where it is no JSON. */
  request: z.unknown(),
});
export type Letter = z.output<typeof letterSchema>;

/** What `dead-letters --json` prints: those that are there, or the one that was named. */
export const lettersReportSchema = z.object({ letters: z.array(letterSchema) });
export type LettersReport = z.output<typeof lettersReportSchema>;
