import { type Millis, millis } from '../runtime/millis.ts';
import { type Entry, sinceOf } from './entry.ts';
import type { Notes } from './notes.ts';
import { type AccessRecord, type GrantId, liveEntries } from './record.ts';

const DAY_MS = 86_400_000;

type Noted = Pick<Notes, 'reviewedAt' | 'askedAt'>;

/** That a role is due for review. */
export interface Review {
  /** The last confirmation; the first of the grants where there was none. */
  readonly confirmedAt: Millis;
  readonly dueAt: Millis;
  /** When it was remembered that this was told since, and when what it grants ends for that; null where it was not. */
  readonly told: { readonly at: Millis; readonly lapsesAt: Millis } | null;
}

/** Whether nobody has confirmed a role for `reviewDays`; null where it is not due, or grants nothing. */
export function dueReview(
  record: AccessRecord,
  { reviewedAt, askedAt }: Noted,
  reviewDays: number | null,
  now: Millis,
): Review | null {
  if (reviewDays === null) return null;
  const after = (time: number) => millis(time + reviewDays * DAY_MS);
  // Where nothing is granted this is never.
  const first = Math.min(...liveEntries(record, now).map(([, entry]) => sinceOf(entry)));
  const confirmedAt = millis(Math.max(first, reviewedAt ?? 0));
  const dueAt = after(confirmedAt);
  if (dueAt > now) return null;
  const told = askedAt === null || askedAt <= confirmedAt ? null : { at: askedAt, lapsesAt: after(askedAt) };
  return { confirmedAt, dueAt, told };
}

/**
 * What ends because nobody has confirmed it: for `reviewDays` it is remembered that its review was told. Never by age
 * alone, and not what was granted after that was told. Sorted.
 */
export function unconfirmedIds(
  record: AccessRecord,
  noted: Noted,
  reviewDays: number | null,
  now: Millis,
): readonly GrantId[] {
  const told = dueReview(record, noted, reviewDays, now)?.told ?? null;
  if (told === null || told.lapsesAt > now) return [];
  return liveEntries(record, now)
    .filter(([, entry]) => sinceOf(entry) <= told.at)
    .map(([id]) => id)
    .sort();
}

/** Whether an entry ended because nobody had confirmed it: an end of its own lies after the word that said it. */
export const hasLapsed = ({ state, until, saidAt }: Entry): boolean =>
  state === 'revoked' && until === saidAt;
