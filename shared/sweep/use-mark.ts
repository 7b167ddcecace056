import { parseTime, short } from '../record/entry.ts';
import type { Watched } from '../record/unused.ts';

/** Tag of the verify function's role that remembers how far the sweep has read ActionTrail. */
export const USE_TAG = 'dms-last-use';

/** What of ActionTrail was read without a gap, and why the last try failed. */
export interface UseMark extends Watched {
  /** The code of the failure; `denied` where the right is missing; null where it was read. */
  readonly fault: string | null;
}

/** What stands for a missing right, whatever the vendor calls it. */
export const DENIED = 'denied';

/** `from:mwt3h340 until:mwt3h340 fault:denied`. */
export const formatUseMark = ({ from, until, fault }: UseMark): string =>
  [
    `from:${short(from)} until:${short(until)}`,
    ...(fault === null ? [] : [`fault:${fault.replaceAll(/[^\w.-]/g, '').slice(0, 100) || 'unknown'}`]),
  ].join(' ');

const FORM = /^from:(?<from>\w+) until:(?<until>\w+)(?: fault:(?<fault>[\w.-]+))?$/;

/** Null for no mark, and for one that cannot be read. */
export function readUseMark(tags: ReadonlyMap<string, string>): UseMark | null {
  const words = FORM.exec(String(tags.get(USE_TAG)))?.groups;
  if (words === undefined) return null;
  const [from, until] = [parseTime(words['from']), parseTime(words['until'])];
  return from === null || until === null || from > until
    ? null
    : { from, until, fault: words['fault'] ?? null };
}
