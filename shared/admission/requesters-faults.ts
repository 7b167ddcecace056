import { nearestTo, nearestWords } from '../../events/nearest.ts';
import { quote, visible } from '../../events/visible.ts';
import type * as z from '../../events/zod.ts';
import { type FileFault, type JsonFile, withPlace } from '../runtime/json-file.ts';

/** How many faults one message lists. */
const LONGEST_REPORT = 10;

/** Names of the fields of each kind of object, by the key that holds it; `''` for the file itself. */
export type KnownFields = Readonly<Record<string, readonly string[]>>;

/**
 * A fault, with the place that its first word, such as `requesters[1].uid`, has in the file. The words after it name
 * nothing there, and of what is not there the nearest place counts.
 */
export const located = (text: string, file: JsonFile): FileFault => ({
  text,
  place: file.placeOf([...text.matchAll(/\w+/g)].map(([word]) => word)),
});

/** An issue of the schema in one sentence: place, value, way out. */
export function describeIssue(issue: z.core.$ZodIssue, file: unknown, known: KnownFields): string[] {
  const place = pathWords(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const holder = issue.path.findLast((key) => typeof key === 'string') ?? '';
    const fields = known[holder] ?? [];
    return issue.keys.map((key) => {
      const named = /^\w{1,64}$/.test(key) ? key : quote(key);
      const at = place === 'the file' ? named : `${place}.${named}`;
      return `${at} is no field${nearestWords(nearestTo(key, fields))}; all are ${fields.join(', ')}`;
    });
  }
  return [`${place} is ${shown(valueAt(file, issue.path), issue.path)}: ${issue.message}`];
}

const pathWords = (path: readonly PropertyKey[]): string =>
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
  return typeof value === 'string' ? quote(value) : visible(String(value));
}

/**
 * `requesters.json` has faults and is not used. The message names each with line and column, the value and the way out, and
 * never a secret.
 */
export class RequestersError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly FileFault[]) {
    const more = faults.length > LONGEST_REPORT ? [`and ${faults.length - LONGEST_REPORT} more`] : [];
    const shown = [...faults.slice(0, LONGEST_REPORT).map(withPlace), ...more];
    super(`requesters.json is refused: ${shown.join('; ')}`);
    this.name = 'RequestersError';
    this.faults = faults.map(({ text }) => text);
  }
}
