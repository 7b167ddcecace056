import { type Millis, millis } from '../runtime/millis.ts';
import { type Entry, sinceOf } from './entry.ts';
import type { Notes } from './notes.ts';
import { type AccessRecord, type GrantId, liveIds } from './record.ts';

const DAY_MS = 86_400_000;

type Noted = Pick<Notes, 'reviewedAt' | 'askedAt'>;

/** That a role is due for review. */
export interface Review {
  /** The last confirmation; the first of the grants where there was none. */
  readonly confirmedAt: Millis;
  readonly dueAt: Millis;
  /** When it was remembered that this was told since; null where it was not. */
  readonly toldAt: Millis | null;
}

/** When a role was confirmed last, and when it is due for review; null where it never is, or grants nothing. */
export function nextReview(
  record: AccessRecord,
  { reviewedAt }: Pick<Notes, 'reviewedAt'>,
  reviewDays: number | null,
  now: Millis,
): Pick<Review, 'confirmedAt' | 'dueAt'> | null {
  const begun = liveIds(record, now).map((id) => begunAt(record, id));
  if (reviewDays === null || begun.length === 0) return null;
  const confirmedAt = millis(Math.max(Math.min(...begun), reviewedAt ?? 0));
  return { confirmedAt, dueAt: millis(confirmedAt + reviewDays * DAY_MS) };
}

/** Whether nobody has confirmed a role for `reviewDays`; null where it is not due, or grants nothing. */
export function dueReview(
  record: AccessRecord,
  noted: Noted,
  reviewDays: number | null,
  now: Millis,
): Review | null {
  const review = nextReview(record, noted, reviewDays, now);
  if (review === null || review.dueAt > now) return null;
  const { askedAt } = noted;
  return { ...review, toldAt: askedAt !== null && askedAt > review.confirmedAt ? askedAt : null };
}

/** When a role's grants end unless somebody confirms it; null where nobody was told that it is due. */
export const lapsesAt = ({ toldAt }: Review, reviewDays: number): Millis | null =>
  toldAt === null ? null : millis(toldAt + reviewDays * DAY_MS);

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
  const review = dueReview(record, noted, reviewDays, now);
  const end = review === null || reviewDays === null ? null : lapsesAt(review, reviewDays);
  const toldAt = review?.toldAt ?? null;
  if (toldAt === null || end === null || end > now) return [];
  return liveIds(record, now).filter((id) => begunAt(record, id) <= toldAt);
}

/** Whether an entry ended because nobody had confirmed it: an end of its own lies after the word that said it. */
export const hasLapsed = ({ state, until, saidAt }: Entry): boolean =>
  state === 'revoked' && until !== null && until === saidAt;

function begunAt({ entries }: AccessRecord, id: GrantId): number {
  const entry = entries.get(id);
  return entry === undefined ? Number.POSITIVE_INFINITY : sinceOf(entry);
}
