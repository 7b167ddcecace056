import type { Millis } from '../runtime/millis.ts';
import type { EndRules, Granting } from './ends.ts';
import { type Entry, sameInstances } from './entry.ts';
import { earlierEnd, holds } from './tie-break.ts';

/**
 * Whether the time of a word that came too late is kept. Only where ends have rules: else it could have no effect but to
 * make a grant shorter, and a request that is older than a newer one changes nothing.
 */
export function leavesTrace(before: Entry | undefined, after: Entry, at: Millis, ends: EndRules): boolean {
  if (before === undefined || before.state !== after.state || before.until !== after.until) return true;
  if (!sameInstances(before, after) || (before.byDefault === true && before.until !== null)) return true;
  return ends.defaultEnd(at) !== null || ends.latestEnd(at) !== null;
}

/** Whether the entry says what a grant asked for. */
export function saysSo(
  entry: Entry,
  closedAt: Millis | null,
  word: Granting,
  { latestEnd }: EndRules,
): boolean {
  if (entry.state !== 'granted' || !holds(entry, closedAt) || !sameInstances(entry, word)) return false;
  if (word.until === null) return true;
  return entry.until === earlierEnd(word.until === 'never' ? null : word.until, latestEnd(word.at));
}
