import { type Millis, millis } from '../runtime/millis.ts';
import { sinceOf } from './entry.ts';
import type { Notes } from './notes.ts';
import { type AccessRecord, liveEntries } from './record.ts';

const DAY_MS = 86_400_000;

/** What somebody has looked through for uses. */
export interface Watched {
  readonly from: Millis;
  readonly until: Millis;
}

/** That nobody has used a role for as long as its owner allows. */
export interface Unused {
  /** The end of the day of the last use; where none is known, when it was granted or first watched. */
  readonly since: Millis;
  /** Whether that was told since. */
  readonly isTold: boolean;
}

/** The beginning of the day, in UTC. A use is noted by its day: more would be a write for every use. */
export const dayOf = (time: Millis): Millis => millis(Math.floor(time / DAY_MS) * DAY_MS);

/** The day of the last use as people write it, `2026-11-29`; null where none is known. */
export const usedOn = ({ usedAt }: Pick<Notes, 'usedAt'>): string | null =>
  usedAt === null ? null : new Date(usedAt).toISOString().slice(0, 10);

/**
 * Whether DMS has not assumed a role for `unusedDays`; null where it has, where it grants nothing, or too little
 * was watched.
 */
export function dueUnused(
  record: AccessRecord,
  { usedAt, idleAt }: Pick<Notes, 'usedAt' | 'idleAt'>,
  unusedDays: number | null,
  { from, until }: Watched,
): Unused | null {
  if (unusedDays === null) return null;
  // Where nothing is granted this is never.
  const first = Math.min(...liveEntries(record, until).map(([, entry]) => sinceOf(entry)));
  const since = millis(Math.max(first, from, (usedAt ?? Number.NEGATIVE_INFINITY) + DAY_MS));
  if (until < since + unusedDays * DAY_MS) return null;
  return { since, isTold: (idleAt ?? since) > since };
}
