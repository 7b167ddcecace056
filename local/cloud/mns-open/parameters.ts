import * as z from 'zod';

/** Parameters are texts in a form or a query. What is wrong is `InvalidParameter.<Name>`, what is missing `MissingParameter`. */

export const name = z.string().min(1);

/** A whole number in digits. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'A whole number is expected.')
    .transform(Number)
    .pipe(z.number().min(min).max(max));

/** Python's clients write `True`. */
export const flag = z
  .string()
  .regex(/^(true|false)$/i, 'true or false is expected.')
  .transform((value) => value.toLowerCase() === 'true');

/** A JSON text of this shape. */
export const jsonOf = <T>(schema: z.ZodType<T>) =>
  z.string().transform((text, context): T => {
    const parsed = schema.safeParse(readJson(text));
    if (parsed.success) return parsed.data;
    const why = parsed.error.issues.map(({ message }) => message).join(' ');
    context.addIssue(`It is no JSON object of the documented shape: ${why}`);
    return z.NEVER;
  });

/** What is no JSON stays the text that it is. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Clients disagree whether a number or a flag inside a JSON text is one, or a text. */
export const loose = {
  flag: z.union([z.boolean(), flag]),
  whole: (min: number, max: number) => z.union([z.int().min(min).max(max), whole(min, max)]),
};

/** Page numbers begin with 1. Sizes are clamped to 10 to 50, not refused. */
export const paging = {
  PageNum: whole(1, 1_000_000).default(1),
  PageSize: whole(0, 1_000_000)
    .default(10)
    .transform((size) => Math.min(50, Math.max(10, size))),
};
