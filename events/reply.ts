import { accessSchema } from './access.ts';
import { changeSchema } from './change.ts';
import { checkSchema } from './check.ts';
import { cloudEventSchema } from './cloud-event.ts';
import { grantSchema } from './grant.ts';
import { problemSchema } from './problem.ts';
import * as z from './zod.ts';

export const STATUSES = [
  'verified',
  'revoked',
  'rejected',
  'failed',
  'changed',
  'pending',
  'expiring',
  'review-due',
] as const;
export type Status = (typeof STATUSES)[number];

/** A request that is ready to be sent: a later end for what ends soon. */
const nextRequestSchema = z.object({
  action: z.literal('extend'),
  requesterUid: z.string(),
  access: accessSchema,
  engines: z.optional(z.array(z.string())),
  connections: z.optional(z.array(z.string())),
  users: z.optional(z.array(z.string())),
  expiresAt: z.string(),
});

export type NextRequest = z.output<typeof nextRequestSchema>;

export const replyDataSchema = z.object({
  status: z.enum(STATUSES),
  requestId: z.string(),
  /** Null only where the request could not be read far enough to tell who asked. */
  requesterUid: z.nullable(z.string()),
  ownerUid: z.string(),
  access: accessSchema,
  /** As RAM returned it; null where there is no role. */
  roleArn: z.nullable(z.string()),
  /** All that the role grants now, sorted. */
  engines: z.array(z.string()),
  connections: z.array(z.string()),
  /** Engines that the role may modify on these instances only; left out where there are none. */
  instances: z.optional(z.record(z.string(), z.array(z.string()))),
  /** Engines of which the role may only read; left out where there are none. */
  readOnly: z.optional(z.array(z.string())),
  /** The earliest end of these grants; null where none ends. */
  expiresAt: z.nullable(z.string()),
  /** Each grant with its own end and scope, by id; empty in replies of earlier versions. */
  grants: z._default(z.array(grantSchema), []),
  reference: z.nullable(z.string()),
  /** `assumed`: a real AssumeRole succeeded. `structural`: documents were compared, no more. */
  assurance: z.enum(['assumed', 'structural']),
  checks: z.array(checkSchema),
  /** What was written for this request; left out where nothing was. */
  changes: z.optional(z.array(changeSchema)),
  /** Of `expiring`: the request that sets a later end; null where none is allowed. Left out of all others. */
  next: z.optional(z.nullable(nextRequestSchema)),
  /** What the owner's functions cannot check; people have to arrange it. */
  prerequisites: z.array(z.string()),
  console: z.nullable(
    z.object({ switchRoleUrl: z.string(), requesterPolicy: z.record(z.string(), z.unknown()) }),
  ),
  problem: z.nullable(problemSchema),
  /** The reason of an emergency; left out where the request names none. */
  breakGlass: z.optional(z.string()),
  /** Of a request that waits for approval: all of it, its digest, since when it waits, and until when. */
  request: z.optional(z.record(z.string(), z.unknown())),
  digest: z.optional(z.string()),
  since: z.optional(z.iso.datetime()),
  endsAt: z.optional(z.iso.datetime()),
});

/** A reply: its data in a CloudEvent. */
export const replySchema = z.object({ ...cloudEventSchema.shape, data: replyDataSchema });

export type Reply = z.output<typeof replySchema>;
export type ReplyData = z.output<typeof replyDataSchema>;
