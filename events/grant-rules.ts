import * as z from './zod.ts';

/** Of `requesters.json`: what is granted without a word of the owner, and what waits for one. */

export const list = <T extends z.ZodMiniType>(item: T, what: string, most: number) =>
  z
    .array(item, { error: `expected a list of ${what}` })
    .check(
      z.minLength(1, `expected at least one of ${what}`),
      z.maxLength(most, `expected at most ${most} of ${what}`),
    );

const engineNames = list(
  z.string({ error: 'expected the name of an engine, such as "redis"' }),
  'engine names',
  64,
);

export const enginesSchema = z.union([z.literal('*'), engineNames], {
  error: 'expected "*" or a list of engine names, such as ["redis", "lindorm"]',
});

/** What may be had without a word of the owner: a request for which all of this holds. */
export const unlessSchema = z
  .strictObject({
    readOnly: z.optional(
      z.literal(true, { error: 'expected true; leave "readOnly" out for grants of any kind' }),
    ),
    /** Counted from the first grant, so that no chain of extensions comes to more. */
    maxDays: z.optional(
      z
        .int('expected a whole number of days')
        .check(
          z.minimum(1, 'expected at least 1 day'),
          z.maximum(3_650, 'expected at most 3650 days; leave "maxDays" out for any end'),
        ),
    ),
    engines: z.optional(engineNames),
  })
  .check(
    z.refine((unless) => Object.keys(unless).length > 0, {
      error:
        'expected at least one of "readOnly", "maxDays" and "engines"; leave "unless" out to have everything approved, or "approval" to have nothing approved',
    }),
  );

/** That the owner approves what is not granted already. */
export const approvalSchema = z.strictObject({ unless: z.optional(unlessSchema) });

/** What may be had at once in an emergency, without approval, and for how long. */
export const breakGlassSchema = z.strictObject({
  maxHours: z
    .int('expected a whole number of hours')
    .check(z.minimum(1, 'expected at least 1 hour'), z.maximum(168, 'expected at most 168 hours')),
  /** `"*"`, and left out: every engine that the requester may ask for. */
  engines: z.optional(enginesSchema),
});
