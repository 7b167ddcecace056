import * as z from 'zod';

/** What a JSON text says; a text that is none is taken as it is. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const object = z.record(z.string(), z.unknown());

/** The members of a JSON object; null for a text that is none. */
export const objectIn = (text: string): Readonly<Record<string, unknown>> | null =>
  object.safeParse(jsonOf(text)).data ?? null;
