import { isEngine } from '../catalogue/catalogue.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import { applyEmergency } from './apply-emergency.ts';
import { extendIds } from './apply-extend.ts';
import { grant } from './apply-grant.ts';
import { endNow, forget, revoke } from './apply-revoke.ts';
import type { Change } from './change.ts';
import { type EndRules, type Granting, NO_END_RULES } from './ends.ts';
import type { Entry } from './entry.ts';
import { expiredIds } from './expiry.ts';
import { leavesTrace, saysSo } from './overtaken.ts';
import { type AccessRecord, type GrantId, liveIds } from './record.ts';
import { holds } from './tie-break.ts';

export interface Applied {
  readonly record: AccessRecord;
  /** What the change is about; empty for the closing of a role, and for what time does. */
  readonly ids: readonly GrantId[];
  /** Ids about which the record holds a newer request. What this one says of them does not count. */
  readonly superseded: readonly GrantId[];
  /** Ids whose end was to change, and that are not granted, or may have no later end. */
  readonly missing: readonly GrantId[];
  readonly over: readonly GrantId[];
  /** Ids whose end was to change, and that were granted in an emergency. */
  readonly fixed: readonly GrantId[];
}

/**
 * Writes a change into a record. About each id three things are kept apart: whether it is granted and how far, its end,
 * and the last revoke. Of each the newest word counts, whatever the order and number of deliveries:
 *
 * - A grant replaces the last one of the same id. Its instances are not added to those of the last. It keeps the end,
 *   unless it names one.
 * - Of two requests of the same millisecond the revoke wins; of two grants the end that comes first, and the narrower
 *   scope.
 * - A grant that names no end and no scope, of an id that is granted so already, changes nothing: the stamp stays and no
 *   write is needed. So a request that was published between two such grants wins even if it is delivered last. Then
 *   access is taken away, never given (docs/decisions/0003).
 */
export function applyChange(record: AccessRecord, asked: Change): Applied {
  // Tags hold whole milliseconds.
  const change = 'at' in asked ? { ...asked, at: millis(Math.floor(asked.at)) } : asked;
  switch (change.action) {
    case 'expire':
      return unopposed(
        mapEntries(record, expiredIds(record, change.now), (entry) => ({ ...entry, state: 'revoked' })),
      );
    case 'lapse':
      return unopposed(lapse(record, change));
    case 'revoke':
      return change.ids === 'all'
        ? close(record, change.at, change.ends)
        : revokeIds(record, change, change.ids);
    case 'grant':
      return grantIds(record, change);
    case 'extend':
      return { ...unopposed(record), ...extendIds(record, change) };
  }
}

const unopposed = (record: AccessRecord): Applied => ({
  record,
  ids: [],
  superseded: [],
  missing: [],
  over: [],
  fixed: [],
});

type Of<Action> = Extract<Change, { action: Action }>;

function grantIds(record: AccessRecord, change: Of<'grant'>): Applied {
  const { emergency } = change;
  if (emergency !== undefined) {
    const applied = applyEmergency(record, { ...change, emergency }, change.ends ?? NO_END_RULES);
    return { ...unopposed(applied.record), ids: [...new Set(change.ids)], superseded: applied.superseded };
  }
  const { at, until, narrowed, ends = NO_END_RULES } = change;
  const entries = new Map(record.entries);
  const superseded: GrantId[] = [];
  for (const id of new Set(change.ids)) {
    const instances = isEngine(id) ? narrowed?.get(id) : undefined;
    const word: Granting = { at, until, instances };
    const before = entries.get(id);
    const entry = grant(before, record.closedAt, word, ends);
    const counts = entry !== undefined && saysSo(entry, record.closedAt, word, ends);
    if (!counts) superseded.push(id);
    if (entry !== undefined && (counts || leavesTrace(before, entry, at, ends))) entries.set(id, entry);
  }
  return { ...unopposed({ ...record, entries }), ids: [...new Set(change.ids)], superseded };
}

function revokeIds(
  record: AccessRecord,
  { at, ends = NO_END_RULES }: Of<'revoke'>,
  ids: readonly GrantId[],
): Applied {
  const entries = new Map(record.entries);
  for (const id of ids) {
    const before = entries.get(id);
    const entry = revoke(before, record.closedAt, at, ends);
    if (entry === undefined) continue;
    const counts = !isOpen({ ...record, entries: new Map([[id, entry]]) }, id);
    if (counts || leavesTrace(before, entry, at, ends)) entries.set(id, entry);
  }
  const next = { ...record, entries };
  const about = [...new Set(ids)];
  return { ...unopposed(next), ids: about, superseded: about.filter((id) => isOpen(next, id)) };
}

function close(record: AccessRecord, at: Millis, ends: EndRules = NO_END_RULES): Applied {
  const closedAt = millis(Math.max(at, record.closedAt ?? 0));
  const newer = [...record.entries].filter(([, entry]) => holds(entry, closedAt)).map(([id]) => id);
  const next = { ...mapEntries(record, newer, (entry) => forget(entry, at, ends)), closedAt };
  return { ...unopposed(next), superseded: newer.filter((id) => isOpen(next, id)) };
}

/** What has run out in the meantime has its own end. */
function lapse(record: AccessRecord, { ids, now }: Of<'lapse'>): AccessRecord {
  const expired = mapEntries(record, expiredIds(record, now), (entry) => ({ ...entry, state: 'revoked' }));
  const live = liveIds(record, now).filter((id) => ids.includes(id));
  return mapEntries(expired, live, (entry) => endNow(entry, now));
}

/** What is granted by words, whether or not it has run out since. */
function isOpen({ entries, closedAt }: AccessRecord, id: GrantId): boolean {
  const entry = entries.get(id);
  return entry?.state === 'granted' && holds(entry, closedAt);
}

const mapEntries = (
  record: AccessRecord,
  ids: readonly GrantId[],
  change: (entry: Entry) => Entry,
): AccessRecord => ({
  ...record,
  entries: new Map([...record.entries].map(([id, entry]) => [id, ids.includes(id) ? change(entry) : entry])),
});
