import { isConnection, isEngine } from '../catalogue/catalogue.ts';
import type { ConnectionId, EngineId } from '../catalogue/engine.ts';
import { type Grants, grants } from '../catalogue/grants.ts';
import { isNarrowing } from '../catalogue/scope.ts';
import type { Millis } from '../runtime/millis.ts';
import { askedUntil, readAskings } from './asked.ts';
import { EMERGENCY_TAG, type Emergency, formatEmergency, parseEmergency } from './emergency.ts';
import { type Entry, formatEntry, iso, parseEntry, parseIso, stampsOf } from './entry.ts';
import { readNotes } from './notes.ts';
import { holds } from './tie-break.ts';

/** Whom a console role trusts: every RAM identity of the requester's account, or one RAM user by name. */
export type ConsoleId = 'account' | `user:${string}`;

/**
 * What can be granted and taken back by itself: an engine, a connection, or somebody who may switch to a console
 * role.
 */
export type GrantId = EngineId | ConnectionId | ConsoleId;

/** What the tags of a role say about its grants. The role's trust and policies are derived from this. */
export interface AccessRecord {
  readonly entries: ReadonlyMap<GrantId, Entry>;
  /** The whole role was closed by a request of this time: whatever was granted up to it is revoked. */
  readonly closedAt: Millis | null;
  /** Keys of record tags whose value cannot be read. They grant nothing. */
  readonly unreadable: readonly string[];
  /** The last access that was taken in an emergency; left out where none was. */
  readonly emergency?: Emergency;
  /** Until when a request waits for approval, or has waited; left out where none has. It grants nothing. */
  readonly askedUntil?: Millis;
  /** When the owner confirmed the role last; left out where it never did. */
  readonly confirmedAt?: Millis;
}

export const EMPTY_RECORD: AccessRecord = { entries: new Map(), closedAt: null, unreadable: [] };

const ENGINE_TAG = 'dms-engine-';
const CONNECTION_TAG = 'dms-connection-';
const ACCOUNT_TAG = 'dms-console-account';
const USER_TAG = 'dms-console-user-';
const CLOSED_TAG = 'dms-closed';
const USER_ID = 'user:';

/** The id of a RAM user of the requester. RAM tells no names apart by letter case. */
export const userId = (name: string): ConsoleId => `${USER_ID}${name.toLowerCase()}`;

/** Key of the tag that holds a grant's entry. */
export function tagKey(id: GrantId): string {
  if (id === 'account') return ACCOUNT_TAG;
  if (id.startsWith(USER_ID)) return USER_TAG + id.slice(USER_ID.length);
  return (isEngine(id) ? ENGINE_TAG : CONNECTION_TAG) + id;
}

/** How far the clocks of the broker and of a function may differ, in ms. */
const SKEW_MS = 5 * 60_000;

/**
 * Reads the record out of a role's tags, as of `now`. Tags of others are passed over. A stamp from the future is
 * unreadable, not newest: nobody here wrote it, and no later request could overrule it.
 */
export function readRecord(tags: ReadonlyMap<string, string>, now: Millis): AccessRecord {
  const entries = new Map<GrantId, Entry>();
  const unreadable: string[] = [];
  let closedAt: Millis | null = null;
  let emergency: Emergency | null = null;
  for (const [key, value] of tags) {
    if (key === CLOSED_TAG) {
      closedAt = pastOrNull(parseIso(value), now);
      if (closedAt === null) unreadable.push(key);
      continue;
    }
    if (key === EMERGENCY_TAG) {
      const found = parseEmergency(value);
      emergency = pastOrNull(found?.at ?? null, now) === null ? null : found;
      if (emergency === null) unreadable.push(key);
      continue;
    }
    const id = grantIdOf(key);
    if (id === null) continue;
    const entry = parseEntry(value);
    if (entry === null || !fits(id, entry) || stampsOf(entry).some((time) => pastOrNull(time, now) === null))
      unreadable.push(key);
    else entries.set(id, entry);
  }
  const notes = readNotes(tags);
  const until = askedUntil(readAskings(notes));
  return {
    entries,
    closedAt,
    unreadable,
    ...(emergency === null ? {} : { emergency }),
    ...(until === null ? {} : { askedUntil: until }),
    ...(notes.reviewedAt === null ? {} : { confirmedAt: notes.reviewedAt }),
  };
}

const pastOrNull = (time: Millis | null, now: Millis): Millis | null =>
  (time ?? 0) <= now + SKEW_MS ? time : null;

/** The tags that hold a record. */
export function recordTags(record: AccessRecord): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const [id, entry] of record.entries) tags.set(tagKey(id), formatEntry(entry));
  if (record.closedAt !== null) tags.set(CLOSED_TAG, iso(record.closedAt));
  if (record.emergency !== undefined) tags.set(EMERGENCY_TAG, formatEmergency(record.emergency));
  return tags;
}

/** What the record grants at `now`: granted, not closed since, not expired. */
export const liveEntries = (record: AccessRecord, now: Millis): readonly (readonly [GrantId, Entry])[] =>
  [...record.entries].filter(([, entry]) => isLive(entry, record.closedAt, now));

/** The ids that the record grants at `now`. Sorted. */
export const liveIds = (record: AccessRecord, now: Millis): readonly GrantId[] =>
  liveEntries(record, now)
    .map(([id]) => id)
    .sort();

/** What the record of a register role grants at `now`. */
export function grantedBy(record: AccessRecord, now: Millis): Grants {
  const live = liveIds(record, now);
  const instances = new Map(liveEntries(record, now).map(([id, entry]) => [id, entry.instances]));
  return grants(live.filter(isEngine), live.filter(isConnection), instances);
}

/** The RAM users that the record of a console role grants at `now`, or `account` for all of the requester's. */
export function trustedBy(record: AccessRecord, now: Millis): 'account' | readonly string[] {
  const live = liveIds(record, now);
  if (live.includes('account')) return 'account';
  return userNames(live);
}

/** The names of the RAM users among some ids. */
export const userNames = (ids: readonly GrantId[]): readonly string[] =>
  ids.filter((id) => id.startsWith(USER_ID)).map((id) => id.slice(USER_ID.length));

/** Whether an entry grants at `now`. */
export function isLive(entry: Entry, closedAt: Millis | null, now: Millis): boolean {
  return entry.state === 'granted' && holds(entry, closedAt) && (entry.until === null || entry.until > now);
}

/** What the tag of a key is about; null for a tag that is no entry. */
export function grantIdOf(key: string): GrantId | null {
  if (key.startsWith(ENGINE_TAG)) {
    const id = key.slice(ENGINE_TAG.length);
    return isEngine(id) ? id : null;
  }
  if (key.startsWith(CONNECTION_TAG)) {
    const id = key.slice(CONNECTION_TAG.length);
    return isConnection(id) ? id : null;
  }
  if (key === ACCOUNT_TAG) return 'account';
  return key.startsWith(USER_TAG) ? userId(key.slice(USER_TAG.length)) : null;
}

/** Whether this id can have such an entry: only some engines can be narrowed. */
const fits = (id: GrantId, { instances }: Entry): boolean =>
  instances === undefined || (isEngine(id) && isNarrowing(id, instances));
