import * as z from './zod.ts';

/** What `sweep --json` prints: the figures of the sweep, or of the part of one that an invocation had time for. */
export const sweepReportSchema = z.object({
  /** Roles of ours that were judged, and how many of them some check failed. */
  roles: z.number().check(z.int()),
  failed: z.number().check(z.int()),
  /** Roles about which nothing was found out, and why not the first of them. */
  unjudged: z.number().check(z.int()),
  trouble: z.nullable(z.string()),
  /** Roles of our name without our tag, or of our tag and a name that is never made here. */
  unmanaged: z.number().check(z.int()),
  /** Roles that somebody has deleted since the last sweep. */
  gone: z.number().check(z.int()),
  policies: z.number().check(z.int()),
  /** Upkeep that was due, apart from repairs and from what nobody has confirmed. */
  asked: z.number().check(z.int()),
  /** Changes that were told. */
  changed: z.number().check(z.int()),
  /** Notices that were told: of ends that are near, of reviews that are due, of roles that nobody uses. */
  notices: z.number().check(z.int()),
  /** Roles that nobody has confirmed for long enough after that was told, and how many of them were to be narrowed now. */
  unconfirmed: z._default(z.number().check(z.int()), 0),
  narrowed: z._default(z.number().check(z.int()), 0),
  /** Why it could not be read who used the roles; null where it was. Functions of earlier versions leave it out. */
  unread: z._default(z.nullable(z.string()), null),
  /** Roles that a repair would put right, how many it was asked for, and whether there were too many. */
  repairable: z.number().check(z.int()),
  repairs: z.number().check(z.int()),
  refused: z.boolean(),
  /** Name of the role after which the functions go on by themselves; null when everything was looked at. */
  after: z.nullable(z.string()),
});
export type SweepReport = z.output<typeof sweepReportSchema>;
