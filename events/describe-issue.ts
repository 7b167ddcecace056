import { firstCharacters, quote, visible } from './visible.ts';
import type * as z from './zod.ts';

/** A schema's complaint about a body in one sentence: place, value, what was expected. */
export function describeIssue(issue: z.core.$ZodIssue, json: unknown): string {
  const place = issue.path.reduce<string>(
    (path, key) =>
      typeof key === 'number'
        ? `${path}[${key}]`
        : `${path}${path === '' ? '' : '.'}${visible(firstCharacters(String(key)))}`,
    '',
  );
  const value = issue.path.reduce<unknown>((holder, key) => Reflect.get(Object(holder), key), json);
  return `${place === '' ? 'the body' : place} is ${nameOf(value)}: ${issue.message}`;
}

/** A value in a few words: texts and numbers as they are, at most 80 characters; lists and objects by kind only. */
export function nameOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? quote(value) : String(value);
}
