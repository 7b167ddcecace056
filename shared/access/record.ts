import { isConnection, isEngine } from './catalogue.ts';
import type { ConnectionId, EngineId } from './engine.ts';
import { type Grants, grants } from './grants.ts';
import { type Millis, millis } from './millis.ts';

/** An engine, or a way to connect: what can be granted and taken back by itself. */
export type GrantId = EngineId | ConnectionId;

/** The last word about one engine: a last-writer-wins register, stamped with the broker's time of the request. */
export interface Entry {
  readonly state: 'granted' | 'revoked';
  readonly at: Millis;
  /** The end of a grant; null for none. */
  readonly until: Millis | null;
}

/** What the tags of a role say about its grants. The role's trust and policy are a projection of this. */
export interface AccessRecord {
  readonly entries: ReadonlyMap<GrantId, Entry>;
  /** The whole role was closed by a request of this time: whatever was granted up to it is revoked. */
  readonly closedAt: Millis | null;
  /** Keys of tags of ours whose value nobody here wrote. They grant nothing. */
  readonly unreadable: readonly string[];
}

export const EMPTY_RECORD: AccessRecord = { entries: new Map(), closedAt: null, unreadable: [] };

const ENGINE_TAG = 'dms-engine-';
const CONNECTION_TAG = 'dms-connection-';
const CLOSED_TAG = 'dms-closed';

/** Key of the tag that holds a grant's entry. */
export const tagKey = (id: GrantId): string => (isEngine(id) ? ENGINE_TAG : CONNECTION_TAG) + id;

/** `granted 2026-11-23T10:00:00.000Z until 2026-12-23T00:00:00.000Z`; at most 65 of a tag's 256 characters. */
export function formatEntry(entry: Entry): string {
  const until = entry.until === null ? '' : ` until ${iso(entry.until)}`;
  return `${entry.state} ${iso(entry.at)}${until}`;
}

/** Reads the record out of a role's tags. Tags of others are passed over. */
export function readRecord(tags: ReadonlyMap<string, string>): AccessRecord {
  const entries = new Map<GrantId, Entry>();
  const unreadable: string[] = [];
  let closedAt: Millis | null = null;
  for (const [key, value] of tags) {
    if (key === CLOSED_TAG) {
      closedAt = parseIso(value);
      if (closedAt === null) unreadable.push(key);
      continue;
    }
    const id = grantIdOf(key);
    if (id === null) continue;
    const entry = parseEntry(value);
    if (entry === null) unreadable.push(key);
    else entries.set(id, entry);
  }
  return { entries, closedAt, unreadable };
}

/** The tags that hold a record. */
export function recordTags(record: AccessRecord): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const [id, entry] of record.entries) tags.set(tagKey(id), formatEntry(entry));
  if (record.closedAt !== null) tags.set(CLOSED_TAG, iso(record.closedAt));
  return tags;
}

/** What the record grants at `now`: granted, not closed since, not expired. */
export function grantedBy(record: AccessRecord, now: Millis): Grants {
  const live = [...record.entries]
    .filter(([, entry]) => isLive(entry, record.closedAt, now))
    .map(([id]) => id);
  return grants(live.filter(isEngine), live.filter(isConnection));
}

/** The earliest end among the live engines; null when none ends. */
export function expiryOf(record: AccessRecord, now: Millis): Millis | null {
  const ends = [...record.entries.values()]
    .filter((entry) => isLive(entry, record.closedAt, now))
    .flatMap((entry) => (entry.until === null ? [] : [entry.until]));
  return ends.length === 0 ? null : millis(Math.min(...ends));
}

function isLive(entry: Entry, closedAt: Millis | null, now: Millis): boolean {
  return (
    entry.state === 'granted' &&
    (closedAt === null || entry.at > closedAt) &&
    (entry.until === null || entry.until > now)
  );
}

function grantIdOf(key: string): GrantId | null {
  if (key.startsWith(ENGINE_TAG)) {
    const id = key.slice(ENGINE_TAG.length);
    return isEngine(id) ? id : null;
  }
  if (key.startsWith(CONNECTION_TAG)) {
    const id = key.slice(CONNECTION_TAG.length);
    return isConnection(id) ? id : null;
  }
  return null;
}

function parseEntry(value: string): Entry | null {
  const match = /^(granted|revoked) (\S+)(?: until (\S+))?$/.exec(value);
  if (match === null) return null;
  const at = parseIso(match[2] ?? '');
  const until = match[3] === undefined ? null : parseIso(match[3]);
  if (at === null || (match[3] !== undefined && until === null)) return null;
  return { state: match[1] === 'granted' ? 'granted' : 'revoked', at, until };
}

const iso = (time: Millis): string => new Date(time).toISOString();

/** Only the form that `iso` writes: a tag edited by hand into something near it is not guessed at. */
function parseIso(text: string): Millis | null {
  const time = Date.parse(text);
  return Number.isNaN(time) || new Date(time).toISOString() !== text ? null : millis(time);
}
