import { accessSchema } from './access.ts';
import { changeSchema } from './change.ts';
import { problemSchema } from './problem.ts';
import { STATUSES } from './reply.ts';
import * as z from './zod.ts';

/** What a role grants, a text each: `redis until 2026-12-29T00:00:00.000Z on r-1`. */
const grantsSchema = z.array(z.string());

const headSchema = z.object({
  at: z.iso.datetime(),
  requestId: z.string(),
  requesterUid: z.nullable(z.string()),
  access: accessSchema,
});

/**
 * The line that provision writes to its log before it writes a record: what it found, and what it is about to write. The
 * next line of the role shows whether the write took place, so nothing is lost where provision dies in between. Both are
 * the same where it has looked and has nothing left to write.
 */
export const writeLineSchema = z.extend(headSchema, {
  event: z.literal('record-write'),
  requesterUid: z.string(),
  before: grantsSchema,
  after: grantsSchema,
  /** That it had nothing left to write: `before` is what the role grants, also where `after` found no room. */
  settled: z.optional(z.literal(true)),
});

/** The line that verify writes to its log for every outcome. */
export const outcomeLineSchema = z.extend(headSchema, {
  event: z.literal('record-outcome'),
  status: z.enum(STATUSES),
  /** Null where the role was not looked at, and where there was no room for it. */
  before: z.nullable(grantsSchema),
  after: z.nullable(grantsSchema),
  changes: z.array(changeSchema),
  reference: z.nullable(z.string()),
  /** Whoever said yes; null where nobody had to. */
  approvedBy: z.nullable(z.string()),
  /** The reason of an emergency; left out where there was none. */
  breakGlass: z.optional(z.string()),
  problem: z.nullable(z.pick(problemSchema, { code: true, title: true })),
});

export type WriteLine = z.output<typeof writeLineSchema>;
export type OutcomeLine = z.output<typeof outcomeLineSchema>;
export type HistoryLine = WriteLine | OutcomeLine;
