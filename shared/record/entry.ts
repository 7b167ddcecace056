import { INSTANCE_ID, instanceList } from '../catalogue/scope.ts';
import { type Millis, millis } from '../runtime/millis.ts';

/** The last word about one engine: a last-writer-wins register, stamped with the broker's time of the request. */
export interface Entry {
  readonly state: 'granted' | 'revoked';
  readonly at: Millis;
  /** The end of a grant; null for none. */
  readonly until: Millis | null;
  /** The instances that the grant may modify, sorted; empty where it may only read; left out for all instances. */
  readonly instances?: readonly string[];
}

/**
 * The text of an entry's tag: `granted 2026-11-23T10:00:00.000Z until 2026-12-23T00:00:00.000Z on r-1 r-2`, or
 * `... read-only`. At most 249 of a tag's 256 characters.
 *
 * Belief tag-values (inferred): RAM keeps blanks, colons, dots and hyphens in the value of a tag, letter for letter.
 * Source: the page of TagResources gives the length only. Shown wrong by: doctor --live.
 */
export function formatEntry({ state, at, until, instances }: Entry): string {
  const words = [state, iso(at)];
  if (until !== null) words.push('until', iso(until));
  if (instances !== undefined) words.push(...(instances.length === 0 ? ['read-only'] : ['on', ...instances]));
  return words.join(' ');
}

/** Reads an entry; null for any text that `formatEntry` would not write. */
export function parseEntry(value: string): Entry | null {
  const found = /^(granted|revoked) (\S+)(?: until (\S+))?(?: (read-only|on [a-z0-9 -]+))?$/.exec(value);
  if (found === null) return null;
  const [, state, stamp, end, scope] = found;
  const [at, until] = [parseIso(stamp), parseIso(end)];
  if (at === null || (end !== undefined && until === null)) return null;
  const entry: Entry = { state: state === 'granted' ? 'granted' : 'revoked', at, until };
  if (scope === undefined) return entry;
  // The ids that follow `on`; none follow `read-only`.
  const instances = scope.split(' ').slice(1);
  const written = instances.every((id) => INSTANCE_ID.test(id)) && isListed(instances);
  return written ? { ...entry, instances } : null;
}

/** Whether two entries are for the same instances. */
export const sameInstances = (a: Entry, b: Entry): boolean => a.instances?.join() === b.instances?.join();

export const iso = (time: Millis): string => new Date(time).toISOString();

/** Reads only the form that `iso` writes; null for anything else, such as a tag that was edited by hand. */
export function parseIso(text: string | undefined): Millis | null {
  const time = Date.parse(String(text));
  return Number.isNaN(time) || new Date(time).toISOString() !== text ? null : millis(time);
}

const isListed = (instances: readonly string[]): boolean =>
  instances.join(' ') === instanceList(instances).join(' ');
