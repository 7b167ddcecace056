import { z } from 'zod';

/**
 * What verify sends to the request topic when its sweep finds something due. It carries no rights: provision looks at
 * the object that it names and does what the object's own record says is due, so a forged one does nothing else.
 */
export const upkeepSchema = z.strictObject({
  upkeep: z.union([
    z.strictObject({
      /** Name of a role of ours. */
      role: z.string().max(64),
      /** What the sweep saw expired: the reply is about these. */
      expired: z.array(z.string()).max(20).default([]),
    }),
    z.strictObject({
      /** Name of a policy of ours that no role seems to use. */
      policy: z.string().max(128),
    }),
  ]),
});

export type Upkeep = z.output<typeof upkeepSchema>['upkeep'];

/** The upkeep that a body asks for; null for a body that does not ask for any, which is then a request or nothing. */
export function parseUpkeep(body: string): Upkeep | null {
  if (!body.startsWith('{"upkeep":')) return null;
  try {
    const parsed = upkeepSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data.upkeep : null;
  } catch {
    return null;
  }
}
