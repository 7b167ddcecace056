import * as z from 'zod';

/** What cannot be seen: control characters, odd spaces, marks of direction, halves of characters. */
const UNSEEN = /(?![ \u3000\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Z}]/u;

/** Whether people can name something so: letters of any script, digits, signs; no character that cannot be seen. */
export const isName = (text: string): boolean =>
  text.trim() !== '' && [...text].length <= 64 && !UNSEEN.test(text);

/** A name that people give and read. */
export const nameSchema = z
  .string({ error: 'expected a short name for people to read, such as "dba-platform"' })
  .refine(
    isName,
    'expected 1 to 64 characters, of any script, none of which is a control character or unseen',
  )
  .meta({ maxLength: 64 });
