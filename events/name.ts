import * as z from './zod.ts';

/** What cannot be seen: control characters, odd spaces, marks of direction, halves of characters. */
const UNSEEN = /(?![ \u3000\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Z}]/u;

/** The first character of a name that cannot be seen; null where there is none. */
export const unseenIn = (text: string): string | null => UNSEEN.exec(text)?.[0] ?? null;

/** Whether people can name something so: letters of any script, digits, signs; no character that cannot be seen. */
export const isName = (text: string): boolean =>
  text.trim() !== '' && [...text].length <= 64 && unseenIn(text) === null;

/** A name that people give and read. */
export const nameSchema = z
  .string({ error: 'expected a short name for people to read, such as "dba-platform"' })
  .check(
    z.refine(
      isName,
      'expected 1 to 64 characters, of any script, none of which is a control character or unseen',
    ),
    z.meta({ maxLength: 64 }),
  );
