import { atFirstUse } from './at-first-use.ts';
import * as z from './zod.ts';

/**
 * What verify sends to the upkeep topic, where nobody else may publish, when its sweep finds something due. It carries no
 * rights: provision looks at the object that it names and does what the object's own record says is due, so keys of
 * verify in wrong hands do nothing else. What the sweep has remembered (`remember`) decides what it tells again, and from
 * when on nobody may leave a role unconfirmed; never what anybody may do.
 */
export const upkeepSchema = atFirstUse(() =>
  z.strictObject({
    upkeep: z.union([
      z.strictObject({
        /** Name of a role of ours. */
        role: z.string().check(z.maxLength(64)),
        /** What the sweep saw expired: the reply is about these. */
        expired: z._default(z.array(z.string()).check(z.maxLength(20)), []),
        /** The sweep saw that nobody has confirmed the role for long enough after its review was told. */
        unconfirmed: z.optional(z.literal(true)),
        /** The sweep saw that nobody has answered the request that waits for approval. */
        unanswered: z.optional(z.literal(true)),
        /** Make the whole role what its record says; heeded with `HEAL=true` only. */
        repair: z.optional(z.literal(true)),
      }),
      z.strictObject({
        /** Name of a policy of ours that no role seems to use. */
        policy: z.string().check(z.maxLength(128)),
      }),
      z.strictObject({
        /** What the sweep found out, as tags that are to remember it: of the roles that it is about, or of verify's own. */
        remember: z.strictObject({
          roles: z.array(z.string().check(z.maxLength(64))).check(z.minLength(1), z.maxLength(50)),
          tags: z.record(z.string().check(z.maxLength(128)), z.string().check(z.maxLength(256))),
        }),
      }),
      z.strictObject({
        /** The sweep ran out of time: to be handed back to verify, which goes on after this role. */
        sweep: z.strictObject({ after: z.string().check(z.maxLength(64)) }),
      }),
    ]),
  }),
);

export type Upkeep = z.output<ReturnType<typeof upkeepSchema>>['upkeep'];

/** The upkeep that a body of the upkeep topic asks for; null for a body that asks for none. */
export function parseUpkeep(body: string): Upkeep | null {
  try {
    const parsed = upkeepSchema().safeParse(JSON.parse(body));
    return parsed.success ? parsed.data.upkeep : null;
  } catch {
    return null;
  }
}
