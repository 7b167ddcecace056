import { isEngine } from '../catalogue/catalogue.ts';
import type { Narrowed } from '../catalogue/scope.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import { type Entry, sameInstances } from './entry.ts';
import { type AccessRecord, expiredIds, type GrantId } from './record.ts';
import { closing, laterWord, outlivesClose } from './tie-break.ts';

/** A change that a request asks for. `ids: 'all'` closes the whole role. `at` is the broker's time of the request. */
export type Change =
  /** Writes down which grants have run out by `now`. */
  | { readonly action: 'expire'; readonly now: Millis }
  | {
      readonly action: 'grant';
      readonly ids: readonly GrantId[];
      readonly at: Millis;
      readonly until: Millis | null;
      /** How far the modifying right of an engine goes; left out for all instances. */
      readonly narrowed?: Narrowed;
    }
  | { readonly action: 'revoke'; readonly ids: readonly GrantId[] | 'all'; readonly at: Millis };

/**
 * Writes a change into a record. Per id the newest request wins, whatever the order and number of deliveries.
 *
 * - A grant replaces the last one of the same id. Its instances are not added to those of the last.
 * - Of two requests of the same millisecond the revoke wins; of two grants the one that ends first, then the
 *   narrower.
 * - A grant without end and scope, of an id that is granted so already, changes nothing: the stamp stays and no write
 *   is needed. So a request that was published between two such grants wins even if it is delivered last. Then access
 *   is taken away, never given (docs/decisions/0003).
 *
 * `superseded`: ids about which the record holds a newer request. This one changes nothing for them.
 */
export function applyChange(
  record: AccessRecord,
  change: Change,
): { readonly record: AccessRecord; readonly superseded: readonly GrantId[] } {
  if (change.action === 'expire') return { record: expire(record, change.now), superseded: [] };
  if (change.ids === 'all') return close(record, change.at);
  const entries = new Map(record.entries);
  const superseded: GrantId[] = [];
  for (const id of new Set(change.ids)) {
    const next: Entry =
      change.action === 'grant' ? granted(change, id) : { state: 'revoked', at: change.at, until: null };
    const current = lastWord(record, id);
    const winner = newest(current, next);
    if (winner === next) entries.set(id, next);
    else if (winner.state !== next.state) superseded.push(id);
    else if (next.state === 'granted' && !saysTheSame(winner, next)) superseded.push(id);
  }
  return { record: { ...record, entries }, superseded };
}

function granted({ at, until, narrowed }: Extract<Change, { action: 'grant' }>, id: GrantId): Entry {
  const instances = isEngine(id) ? narrowed?.get(id) : undefined;
  return { state: 'granted', at, until, ...(instances === undefined ? {} : { instances }) };
}

/** The newest entry about an id: its own, or the closing of the whole role if that is newer. */
function lastWord(record: AccessRecord, id: GrantId): Entry | undefined {
  const entry = record.entries.get(id);
  if (record.closedAt === null) return entry;
  const closed = closing(record.closedAt);
  return entry === undefined ? closed : laterWord(entry, closed);
}

function newest(current: Entry | undefined, next: Entry): Entry {
  if (current === undefined || isCopy(current, next)) return current ?? next;
  return laterWord(current, next);
}

const saysTheSame = (a: Entry, b: Entry): boolean =>
  a.state === b.state && a.until === b.until && sameInstances(a, b);

/**
 * Whether the next entry repeats the current one and need not move its stamp. That holds only for a grant without end
 * and scope, because nothing that was published in between can be wider. Between two revokes a grant may lie, and
 * between two grants with an end or a scope a wider one.
 */
const isCopy = (current: Entry, next: Entry): boolean =>
  saysTheSame(current, next) &&
  next.state === 'granted' &&
  next.until === null &&
  next.instances === undefined;

function close(record: AccessRecord, at: Millis): ReturnType<typeof applyChange> {
  const closedAt = millis(Math.max(at, record.closedAt ?? 0));
  const superseded = [...record.entries]
    .filter(([, entry]) => entry.state === 'granted' && outlivesClose(entry, closedAt))
    .map(([id]) => id);
  return { record: { ...record, closedAt }, superseded };
}

/**
 * A grant that has ended becomes a revoke with the grant's own time. So a renewal that was published before the end
 * and arrives after it is still newer, and wins. The entry keeps its end, by which an expiry is told from a request.
 */
function expire(record: AccessRecord, now: Millis): AccessRecord {
  const expired = expiredIds(record, now);
  const entries = [...record.entries].map(([id, entry]): [GrantId, Entry] =>
    expired.includes(id) ? [id, { ...entry, state: 'revoked' }] : [id, entry],
  );
  return { ...record, entries: new Map(entries) };
}
