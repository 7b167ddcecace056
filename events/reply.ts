import * as z from 'zod';
import { accessSchema } from './access.ts';
import { changeSchema } from './change.ts';
import { checkSchema } from './check.ts';
import { cloudEventSchema } from './cloud-event.ts';
import { grantSchema } from './grant.ts';
import { problemSchema } from './problem.ts';

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
  engines: z.array(z.string()).optional(),
  connections: z.array(z.string()).optional(),
  users: z.array(z.string()).optional(),
  expiresAt: z.string(),
});

export type NextRequest = z.output<typeof nextRequestSchema>;

export const replyDataSchema = z.object({
  status: z.enum(STATUSES),
  requestId: z.string(),
  /** Null only where the request could not be read far enough to tell who asked. */
  requesterUid: z.string().nullable(),
  ownerUid: z.string(),
  access: accessSchema,
  /** As RAM returned it; null where there is no role. */
  roleArn: z.string().nullable(),
  /** All that the role grants now, sorted. */
  engines: z.array(z.string()),
  connections: z.array(z.string()),
  /** Engines that the role may modify on these instances only; left out where there are none. */
  instances: z.record(z.string(), z.array(z.string())).optional(),
  /** Engines of which the role may only read; left out where there are none. */
  readOnly: z.array(z.string()).optional(),
  /** The earliest end of these grants; null where none ends. */
  expiresAt: z.string().nullable(),
  /** Each grant with its own end and scope, by id; empty in replies of earlier versions. */
  grants: z.array(grantSchema).default([]),
  reference: z.string().nullable(),
  /** `assumed`: a real AssumeRole succeeded. `structural`: documents were compared, no more. */
  assurance: z.enum(['assumed', 'structural']),
  checks: z.array(checkSchema),
  /** What was written for this request; left out where nothing was. */
  changes: z.array(changeSchema).optional(),
  /** Of `expiring`: the request that sets a later end; null where none is allowed. Left out of all others. */
  next: nextRequestSchema.nullable().optional(),
  /** What the owner's functions cannot check; people have to arrange it. */
  prerequisites: z.array(z.string()),
  console: z
    .object({ switchRoleUrl: z.string(), requesterPolicy: z.record(z.string(), z.unknown()) })
    .nullable(),
  problem: problemSchema.nullable(),
  /** The reason of an emergency; left out where the request names none. */
  breakGlass: z.string().optional(),
  /** Of a request that waits for approval: all of it, its digest, since when it waits, and until when. */
  request: z.record(z.string(), z.unknown()).optional(),
  digest: z.string().optional(),
  since: z.iso.datetime().optional(),
  endsAt: z.iso.datetime().optional(),
});

/** A reply: its data in a CloudEvent. */
export const replySchema = z.object({ ...cloudEventSchema.shape, data: replyDataSchema });

export type Reply = z.output<typeof replySchema>;
export type ReplyData = z.output<typeof replyDataSchema>;
