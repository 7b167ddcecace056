import { MANAGED_BY } from '../catalogue/names.ts';
import { TerminalError } from '../runtime/errors.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { Change } from './change.ts';
import { EMERGENCY_TAG } from './emergency.ts';
import { type Entry, formatEntry, isTakenAway } from './entry.ts';
import { sameRecord } from './granted-list.ts';
import { NOTES_TAG } from './notes.ts';
import {
  type AccessRecord,
  type GrantId,
  grantIdOf,
  readRecord,
  recordTags,
  tagKey,
  userNames,
} from './record.ts';
import { RETENTION_MS } from './retention.ts';

/**
 * RAM keeps at most this many tags on a role.
 *
 * Belief tags-per-role (inferred): RAM keeps 20 tags on a role, and refuses the next. Source: "Limits" of tags, which
 * does not name RAM. Shown wrong by: doctor --live.
 */
export const MAX_TAGS = 20;

/**
 * Tags that grants leave free, so that a close, a verdict and what else the owner's side notes always have room:
 * `dms-closed`, `dms-verdict`, `dms-notes`, and `dms-break-glass`, or one for people.
 */
export const KEPT_FREE = 4;

/** Those that may be there already: they are in the room that is kept for them, and take none of what grants may use. */
const KEPT_FOR: readonly string[] = ['dms-closed', 'dms-verdict', NOTES_TAG, EMERGENCY_TAG];

/** Why nothing is granted whose record could not be read again. */
export const UNREADABLE = 'the record of this grant could not be read again as it would be written';

/**
 * RAM users that a console role may trust by name: with `managed-by` and the account's entry they fill what grants
 * may use.
 */
export const MAX_USERS = 14;

type Tags = ReadonlyMap<string, string>;

/**
 * Fits a changed record into the tags of a role. Nothing is given where it could not be written down; what takes away
 * always fits:
 *
 * - Entries that were revoked longer ago than a late message can take make room.
 * - A close without room for its own tag is first written into the entries that are there. Then one of those, which says
 *   no more than the close does, makes room for the tag: so the close counts for what has no entry, too.
 * - A revoke of something that has no entry has nothing to take away. It is written down where a grant would be, and takes
 *   none of the room that is kept free: else whoever may revoke could leave none for a note.
 *
 * Answers a record that fits and the keys of ended entries that must go for it, or how many tags it would need. Throws
 * `TerminalError` for a grant whose record would be read otherwise than it is written: that is a fault of ours.
 */
export function fitTags(
  record: AccessRecord,
  before: AccessRecord,
  present: Tags,
  change: Change,
  now: Millis,
):
  | { readonly record: AccessRecord; readonly freed: readonly string[] }
  | { readonly needed: number; readonly limit: number } {
  if (gives(change) && !isReadable(record)) throw new TerminalError('internal', UNREADABLE);
  const limitFor = (wanted: AccessRecord) =>
    (change.action === 'grant' || isOfSome(change)) && keysOf(wanted).some((key) => !present.has(key))
      ? MAX_TAGS -
        KEPT_FREE +
        KEPT_FOR.filter((key) => present.has(key) || keysOf(wanted).includes(key)).length
      : MAX_TAGS;
  const fits = (wanted: AccessRecord, freed: readonly string[]) =>
    neededFor(wanted, present, freed) <= limitFor(wanted) && countUsers(wanted) <= MAX_USERS;
  const isRoomy = (wanted: AccessRecord, freed: readonly string[]) =>
    change.action === 'grant' ? fits(wanted, freed) : neededFor(wanted, present, freed) <= limitFor(wanted);
  if (isRoomy(record, [])) return { record, freed: [] };
  const over = endedLongAgo(record, now);
  const rest: AccessRecord = { ...record, entries: without(record, over) };
  const freed = over.map(tagKey).filter((key) => present.has(key));
  if (change.action === 'grant')
    return isRoomy(rest, freed)
      ? { record: rest, freed }
      : { needed: neededFor(rest, present, freed), limit: limitFor(rest) };
  if (isRoomy(rest, freed)) return { record: rest, freed };
  if (change.action === 'revoke' && change.ids === 'all') return closedInSteps(rest, before, present, freed);
  const known = [...record.entries].filter(([id]) => before.entries.has(id) || present.has(tagKey(id)));
  return { record: { ...record, entries: new Map(known) }, freed: [] };
}

const isOfSome = (change: Change): boolean => change.action === 'revoke' && change.ids !== 'all';

const gives = ({ action }: Change): boolean => action === 'grant' || action === 'extend';

/** Whether the tags of a record, read again, say what it says. The clock of whoever reads them does not count here. */
const isReadable = (record: AccessRecord): boolean =>
  sameRecord(readRecord(recordTags(record), millis(Number.POSITIVE_INFINITY)), record);

/** Whether a tag beside the record has room on a role. */
export const hasRoomFor = (key: string, present: Tags, record: Iterable<string>): boolean =>
  new Set([MANAGED_BY.key, ...present.keys(), ...record, key]).size <= MAX_TAGS;

const keysOf = (record: AccessRecord): readonly string[] => [MANAGED_BY.key, ...recordTags(record).keys()];

const neededFor = (record: AccessRecord, present: Tags, freed: readonly string[]): number =>
  new Set([...present.keys(), ...keysOf(record)].filter((key) => !freed.includes(key))).size;

const countUsers = (record: AccessRecord): number =>
  userNames([...record.entries].filter(([, { state }]) => state === 'granted').map(([id]) => id)).length;

/** Ids whose last word is a revoke that no grant can come after any more: an older one is refused when it arrives. */
const endedLongAgo = (record: AccessRecord, now: Millis): readonly GrantId[] =>
  [...record.entries]
    .filter(
      ([, entry]) =>
        entry.state === 'revoked' &&
        now - Math.max(entry.at, entry.saidAt ?? 0, isTakenAway(entry) ? 0 : (entry.until ?? 0)) >
          RETENTION_MS,
    )
    .map(([id]) => id);

const without = (record: AccessRecord, ids: readonly GrantId[]): ReadonlyMap<GrantId, Entry> =>
  new Map([...record.entries].filter(([id]) => !ids.includes(id)));

/**
 * A close without room for its tag: the entries that it takes away say so, and once they do one of them goes for it. Those
 * that cannot be read say so, too, else an older grant that comes late would be the first word about them.
 */
function closedInSteps(
  closed: AccessRecord,
  before: AccessRecord,
  present: Tags,
  freed: readonly string[],
): { readonly record: AccessRecord; readonly freed: readonly string[] } {
  // A close has its time.
  const closedAt = closed.closedAt ?? millis(0);
  // What went to make room stays away: this instance may still remember it.
  const gone = [...closed.entries]
    .filter(([id, entry]) => isTakenAway(entry) && entry.at <= closedAt && !present.has(tagKey(id)))
    .map(([id]) => id);
  const rest = { ...closed, entries: without(closed, gone) };
  if (neededFor(rest, present, freed) <= MAX_TAGS) return { record: rest, freed };
  const over = [...rest.entries].filter(([, { at }]) => at <= closedAt);
  const [spare] = over
    .filter(([id, entry]) => isTakenAway(entry) && present.get(tagKey(id)) === formatEntry(entry))
    .toSorted(([, a], [, b]) => a.at - b.at);
  if (spare !== undefined) {
    const [id] = spare;
    return { record: { ...rest, entries: without(rest, [id]) }, freed: [...freed, tagKey(id)] };
  }
  const unread = before.unreadable.map(grantIdOf).filter((id) => id !== null);
  const entries = new Map(without(before, gone));
  for (const id of [...unread, ...over.map(([id]) => id)])
    entries.set(id, { state: 'revoked', at: closedAt, until: null });
  return { record: { ...before, entries }, freed: [] };
}
