import * as z from './zod.ts';

/**
 * A message that proves the way of replies, and means nothing else: published to the reply topic of account B under the
 * tag of one requester, pushed into that requester's queue, and taken out there by the command that waits for it.
 * Whoever reads replies passes over it, as over every type that it does not know.
 */
export const probeSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string().check(z.minLength(1), z.maxLength(128)),
  /** `acs:mns:<region>:<B>:/topics/<reply topic>`. */
  source: z.string(),
  type: z.literal('dms-handshake.probe.v1'),
  /** UID of the requester. */
  subject: z.string(),
  time: z.iso.datetime(),
});

export type Probe = z.output<typeof probeSchema>;
