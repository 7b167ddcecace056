import { type Millis, millis } from '../runtime/millis.ts';
import type { EndRules } from './ends.ts';
import { type Entry, revokeOf, saidOf, sinceOf } from './entry.ts';
import { earlierEnd, holds, laterRevoke, outlives } from './tie-break.ts';

/** A revoke. An older one than the last grant takes away what was said before it. */
export function revoke(
  entry: Entry | undefined,
  closedAt: Millis | null,
  at: Millis,
  rules: EndRules,
): Entry | undefined {
  const last = entry === undefined ? closedAt : laterRevoke(revokeOf(entry), closedAt);
  if (!outlives(at, last)) return entry;
  if (entry === undefined || entry.at <= at || !holds(entry, closedAt))
    return { state: 'revoked', at, ...saidLater(entry, at) };
  return { ...forget(entry, at, rules), revokedAt: at };
}

/** An end that was said later than a revoke that arrives now: for the grant in between, which may still come. */
export function saidLater(
  entry: Entry | undefined,
  at: Millis,
): Pick<Entry, 'until' | 'saidAt' | 'extended' | 'revokedAt'> {
  if (entry === undefined || entry.byDefault === true) return { until: null };
  const said = saidOf(entry) ?? at;
  if (said <= at) return { until: null };
  const by = entry.extended === true ? { extended: true as const } : {};
  return { until: entry.until, saidAt: said, ...by, ...(entry.until === null ? {} : { revokedAt: at }) };
}

/** What remains of a grant that is newer than a revoke or a close: nothing that was said before that. */
export function forget(entry: Entry, at: Millis, rules: EndRules): Entry {
  if (sinceOf(entry) > at) return entry;
  // Its first grant is not known any more: it came no earlier than this.
  const begun = { ...entry, since: at, revokedAt: at };
  const said = saidOf(entry) ?? at;
  if (said > at) {
    // Where no grant is known between the two, the end may have been said of what was taken away then.
    const until =
      entry.extended !== true || entry.at <= said
        ? entry.until
        : earlierEnd(entry.until, rules.defaultEnd(at));
    return { ...begun, until };
  }
  const { saidAt: _, extended: __, ...rest } = begun;
  return { ...rest, state: 'granted', byDefault: true, until: rules.defaultEnd(at) };
}

/** Ends a grant now, for another reason than its end: what was said before it does not bring it back. */
export const endNow = (entry: Entry, now: Millis): Entry => {
  const { byDefault: _, extended: __, ...rest } = entry;
  const at = millis(Math.floor(now));
  return { ...rest, state: 'revoked', until: at, saidAt: at };
};
