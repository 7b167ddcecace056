import { closest } from 'fastest-levenshtein';
import type * as z from 'zod';

/** How many faults one message lists. */
export const LONGEST_REPORT = 10;

/** Names of the fields of each kind of object, by the key that holds it; `''` for the file itself. */
export type KnownFields = Readonly<Record<string, readonly string[]>>;

/** The object that a text holds, or why it holds none. */
export function readObject(text: string): object | string {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
    return 'the file is no object; expected {"requesters": [...], "clients": [...]}';
  } catch (error) {
    // The parser's message quotes the text at the fault, which may be a misplaced secret, so only the position is
    // used.
    const position = /position (\d+)/.exec(String(error))?.[1];
    const line = position === undefined ? null : text.slice(0, Number(position)).split('\n').length;
    return `the file is not JSON${line === null ? '' : `, see line ${line}`}; expected {"requesters": [...], "clients": [...]}`;
  }
}

/** An issue of the schema in one sentence: place, value, way out. */
export function describeIssue(issue: z.core.$ZodIssue, file: unknown, known: KnownFields): string[] {
  const place = placeOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const holder = issue.path.findLast((key) => typeof key === 'string') ?? '';
    const fields = known[holder] ?? [];
    return issue.keys.map((key) => {
      const at = place === 'the file' ? key : `${place}.${key}`;
      return `${at} is no field; the nearest is "${closest(key.slice(0, 64), [...fields])}", all are ${fields.join(', ')}`;
    });
  }
  return [`${place} is ${shown(valueAt(file, issue.path), issue.path)}: ${issue.message}`];
}

export const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${key}]` : place === '' ? String(key) : `${place}.${String(key)}`,
    '',
  ) || 'the file';

const valueAt = (file: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), file);

/** A value in a few words. A value under `secretEnv` is not shown: it should be a name and may be the secret itself. */
function shown(value: unknown, path: readonly PropertyKey[]): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (path.includes('secretEnv')) return 'a text that is no such name (not shown)';
  return typeof value === 'string' ? quoted(value) : String(value);
}

export const quoted = (text: string): string =>
  JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
