import { accessSchema } from './access.ts';
import { ACTIONS } from './action.ts';
import { changeSchema } from './change.ts';
import { DIGEST } from './digest.ts';
import { problemSchema } from './problem.ts';
import { REQUEST_ID } from './request-id.ts';
import { UID } from './uid.ts';
import * as z from './zod.ts';

/**
 * Whom a reply is for, as its message's tag says it: a requester by its UID, `unproved` where neither topic nor signature
 * prove who asked, `owner` for what the owner alone is told.
 */
export const addresseeSchema = z.union([z.string().check(z.regex(UID)), z.enum(['unproved', 'owner'])]);

export type Addressee = z.output<typeof addresseeSchema>;

/**
 * What provision returns and verify receives through the destination: what was asked, and how far it went.
 * It holds no secret; Function Compute keeps and forwards it as it is.
 */
export const outcomeSchema = z.object({
  kind: z.literal('dms-handshake.outcome.v1'),
  /** `applied`: the role is what its record says. `report`: nothing was to be changed. `rejected`: refused, 0 writes.
   * `pending`: nothing was granted, and the request waits for the owner's approval. */
  result: z.enum(['applied', 'report', 'rejected', 'failed', 'pending']),
  /** `upkeep`: the sweep found something due. */
  action: z.enum([...ACTIONS, 'upkeep']),
  requestId: z.string(),
  /** Distinguishes requests that carry the same request id; copies of one delivery share it. */
  fingerprint: z.string(),
  /**
   * Whose roles this is about: for a request the account that is proved to have sent it, whatever it names. The names of
   * roles are made of it, so anything but a UID is refused.
   */
  requesterUid: z.nullable(z.string().check(z.regex(UID))),
  access: accessSchema,
  /** Who is told, each in a message of its own. */
  to: z._default(z.array(addresseeSchema).check(z.minLength(1), z.maxLength(2)), ['owner']),
  reference: z.nullable(z.string()),
  /** Of the sender's trace; left out where the request came without one. */
  traceparent: z.optional(z.string()),
  /** The reason of an emergency; left out where the request names none. */
  breakGlass: z.optional(z.string()),
  /** What the record grants after this request, as provision saw it last. */
  engines: z.array(z.string()),
  connections: z.array(z.string()),
  /** Engines that this request took away or whose grant has ended. Verify expects that reading them is denied now. */
  revoked: z.array(z.string()),
  /** The record as provision left it, tag by tag; empty where it did not get that far. */
  record: z.record(z.string(), z.string()),
  /** Milliseconds since the epoch of the last write, or of the request if an earlier delivery may have written. */
  changedAt: z.nullable(z.number()),
  writes: z.number(),
  /** Milliseconds since the epoch of the look that the outcome ends with; null where nothing was looked at. */
  at: z._default(z.nullable(z.number()), null),
  /** What the record granted before and after, a text each; null where it was not looked at or nothing was done. */
  before: z._default(z.nullable(z.array(z.string())), null),
  after: z._default(z.nullable(z.array(z.string())), null),
  /** Whoever of the owner said yes; null where nobody had to. */
  approvedBy: z._default(z.nullable(z.string()), null),
  /** What was written, and whether the request asked for it; a function deployed earlier does not say. */
  changes: z._default(z.array(changeSchema), []),
  /** Of `pending`: the time of the request that waits, in milliseconds since the epoch. */
  since: z.optional(z.number()),
  /** Of `pending`: what the owner is asked to approve. Verify fills it in, out of the message itself. */
  asked: z.optional(z.object({ request: z.record(z.string(), z.unknown()), digest: z.string() })),
  /** A request that waited for approval and waits no more, because another has taken its place or nobody answered. */
  left: z.optional(
    z.object({
      requestId: z.string().check(z.regex(REQUEST_ID)),
      digest: z.string().check(z.regex(DIGEST)),
      why: z.enum(['replaced', 'ended', 'denied']),
    }),
  ),
  /** Upkeep only: the sweep is to go on after the role of this name. */
  sweep: z.optional(z.object({ after: z.string() })),
  problem: z.nullable(problemSchema),
});

export type Outcome = z.output<typeof outcomeSchema>;
