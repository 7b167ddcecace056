import * as z from 'zod';
import type { PolicyDocument } from '../caller.ts';

const texts = z.union([z.string(), z.array(z.string())]);
const values = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** Anything that RAM may have stored; strict, so that an element which is not evaluated is never passed over. */
const trustDocument = z.strictObject({
  Version: z.string(),
  Statement: z.array(
    z.strictObject({
      Effect: z.enum(['Allow', 'Deny']),
      Action: texts,
      Principal: z.record(z.string(), texts),
      Condition: z
        .record(z.string(), z.record(z.string(), z.union([values, z.array(values)])))
        .exactOptional(),
    }),
  ),
});

/** Reads a role's trust as RAM keeps it, JSON text. A text that cannot be read trusts nobody. */
export function parseTrust(text: string): PolicyDocument {
  try {
    const result = trustDocument.safeParse(JSON.parse(text));
    if (result.success) return result.data;
  } catch {
    // Falls through: not JSON.
  }
  return { Version: '1', Statement: [] };
}
