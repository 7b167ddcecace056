import { createHash } from 'node:crypto';
import { traced } from './trace.ts';
import * as z from './zod.ts';

/** The envelope of a reply: a CloudEvent 1.0 in structured JSON. Copies of one reply carry the same `id`. */
export const cloudEventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string().check(z.regex(/^dms-handshake\.access\.[a-z-]+\.v1$/)),
  /** The requester's UID; left out where it is not known. */
  subject: z.optional(z.string()),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  correlationid: z.string(),
  /** Extension of CloudEvents "Distributed Tracing": that of the request; left out where it came without one. */
  traceparent: z.optional(z.string()),
});

/**
 * Puts data into its envelope. `fingerprint`: what is answered; whatever has the same one gets the same `id`. `now`:
 * milliseconds since the epoch.
 */
export function cloudEvent<T extends { status: string; requestId: string; requesterUid: string | null }>(
  source: string,
  { fingerprint, traceparent }: { readonly fingerprint: string; readonly traceparent?: string | undefined },
  now: number,
  data: T,
): z.output<typeof cloudEventSchema> & { data: T } {
  return {
    specversion: '1.0',
    id: createHash('sha256').update(`${source}\0${fingerprint}`).digest('hex').slice(0, 32),
    source,
    type: `dms-handshake.access.${data.status}.v1`,
    ...(data.requesterUid === null ? {} : { subject: data.requesterUid }),
    time: new Date(now).toISOString(),
    datacontenttype: 'application/json',
    correlationid: data.requestId,
    ...traced(traceparent),
    data,
  };
}
