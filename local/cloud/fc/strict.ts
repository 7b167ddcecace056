import { closest } from 'fastest-levenshtein';
import * as z from 'zod';

/** An object with these keys and no others. Its complaint of others is the list of those that there are. */
export const strict = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> =>
  z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : undefined),
  });

/** A schema's complaint: place, what stands there, way out. `root`: the value that was judged. */
export function faultsOf(issue: z.core.$ZodIssue, place: string, root: unknown): readonly string[] {
  const at = issue.path.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : `${path}.${String(key)}`),
    place,
  );
  if (issue.code !== 'unrecognized_keys') return [`${at} is ${shown(root, issue.path)}: ${issue.message}`];
  const known = issue.message.split(', ');
  return issue.keys.map(
    (key) =>
      `${at}.${key} is no key here; the nearest is "${closest(key.slice(0, 64), known)}", all are ${known.join(', ')}`,
  );
}

/** A value in a few words. Among the variables of a function are the secrets of clients. */
function shown(root: unknown, path: readonly PropertyKey[]): string {
  let value = root;
  for (const key of path) value = Reflect.get(Object(value), key);
  if (value === undefined) return 'missing';
  if (path.includes('environmentVariables') && typeof value !== 'object') return `of type ${typeof value}`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return JSON.stringify(typeof value === 'string' && value.length > 80 ? `${value.slice(0, 80)}…` : value);
}
