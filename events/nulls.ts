import * as z from './zod.ts';

/**
 * A value without the `null`s of fields that its schema lets be left out: senders that write every field down mean by them
 * that they left them out. Any other `null` stays, and is refused where it stands.
 */
export function withoutNulls(schema: z.core.$ZodType, value: unknown): unknown {
  const inner = innermost(schema);
  if (inner instanceof z.ZodMiniArray && Array.isArray(value))
    return value.map((item) => withoutNulls(inner.def.element, item));
  if (
    !(inner instanceof z.ZodMiniObject) ||
    typeof value !== 'object' ||
    value === null ||
    Array.isArray(value)
  )
    return value;
  const shape: Readonly<Record<string, z.core.$ZodType>> = inner.shape;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
      if (field === undefined) return [[key, item]];
      return item === null && z.safeParse(field, undefined).success ? [] : [[key, withoutNulls(field, item)]];
    }),
  );
}

function innermost(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodMiniOptional || schema instanceof z.ZodMiniDefault
    ? innermost(schema.def.innerType)
    : schema;
}
