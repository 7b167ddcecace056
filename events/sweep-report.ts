import * as z from 'zod';

/** What `sweep --json` prints: the figures of the sweep, or of the part of one that an invocation had time for. */
export const sweepReportSchema = z.object({
  /** Roles of ours that were judged, and how many of them some check failed. */
  roles: z.number().int(),
  failed: z.number().int(),
  /** Roles about which nothing was found out, and why not the first of them. */
  unjudged: z.number().int(),
  trouble: z.string().nullable(),
  /** Roles of our name without our tag, or of our tag and a name that is never made here. */
  unmanaged: z.number().int(),
  /** Roles that somebody has deleted since the last sweep. */
  gone: z.number().int(),
  policies: z.number().int(),
  /** Upkeep that was due, apart from repairs and from what nobody has confirmed. */
  asked: z.number().int(),
  /** Changes that were told. */
  changed: z.number().int(),
  /** Notices that were told: of ends that are near, of reviews that are due, of roles that nobody uses. */
  notices: z.number().int(),
  /** Roles that nobody has confirmed for long enough after that was told, and how many of them were to be narrowed now. */
  unconfirmed: z.number().int().default(0),
  narrowed: z.number().int().default(0),
  /** Why it could not be read who used the roles; null where it was. Functions of earlier versions leave it out. */
  unread: z.string().nullable().default(null),
  /** Roles that a repair would put right, how many it was asked for, and whether there were too many. */
  repairable: z.number().int(),
  repairs: z.number().int(),
  refused: z.boolean(),
  /** Name of the role after which the functions go on by themselves; null when everything was looked at. */
  after: z.string().nullable(),
});
export type SweepReport = z.output<typeof sweepReportSchema>;
