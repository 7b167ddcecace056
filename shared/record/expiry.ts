import { type Millis, millis } from '../runtime/millis.ts';
import { type Entry, isTakenAway } from './entry.ts';
import { type AccessRecord, type GrantId, isLive, liveEntries } from './record.ts';

/** The earliest end among the live grants; null when none ends. */
export function expiryOf(record: AccessRecord, now: Millis): Millis | null {
  const ends = liveEntries(record, now).flatMap(([, { until }]) => until ?? []);
  return ends.length === 0 ? null : millis(Math.min(...ends));
}

/** The ids whose grant has run out by `now`, and that nobody has taken away or renewed. Sorted. */
export const expiredIds = (record: AccessRecord, now: Millis): readonly GrantId[] =>
  [...record.entries]
    .filter(([, entry]) => isLive(entry, record.closedAt, millis(0)) && !isLive(entry, record.closedAt, now))
    .map(([id]) => id)
    .sort();

/** The end of a grant, also of one that has run out; null for none, and for what was taken away. */
const endOf = (entry: Entry): Millis | null => (isTakenAway(entry) ? null : entry.until);

/** The ids whose last grant has run out by `now`, written down as ended or not yet. Sorted. */
export const endedIds = (record: AccessRecord, now: Millis): readonly GrantId[] =>
  [...record.entries]
    .filter(([, entry]) => (endOf(entry) ?? Infinity) <= now)
    .map(([id]) => id)
    .sort();

/**
 * The last time that the record speaks of: a request, a closing, the end of a grant or of a wait. Null for an empty record, and
 * where all of it lies after `until`.
 */
export function lastChange(record: AccessRecord, until = Number.POSITIVE_INFINITY): Millis | null {
  const times = [...record.entries.values()].flatMap((entry) => [
    entry.at,
    endOf(entry) ?? entry.at,
    entry.saidAt ?? entry.at,
  ]);
  if (record.closedAt !== null) times.push(record.closedAt);
  if (record.emergency !== undefined) times.push(record.emergency.until);
  if (record.askedUntil !== undefined) times.push(record.askedUntil);
  const past = times.filter((time) => time <= until);
  return past.length === 0 ? null : millis(Math.max(...past));
}
