import { type Millis, millis } from '../runtime/millis.ts';
import { sinceOf } from './entry.ts';
import type { Notes } from './notes.ts';
import { type AccessRecord, liveIds } from './record.ts';

const DAY_MS = 86_400_000;

/** That a role is due for review. */
export interface Review {
  /** The last confirmation; the first of the grants where there was none. */
  readonly confirmedAt: Millis;
  readonly dueAt: Millis;
  /** Whether that was told since. */
  readonly isTold: boolean;
}

/** Whether nobody has confirmed a role for `reviewDays`; null where it is not due, or grants nothing. */
export function dueReview(
  record: AccessRecord,
  { reviewedAt, askedAt }: Pick<Notes, 'reviewedAt' | 'askedAt'>,
  reviewDays: number | null,
  now: Millis,
): Review | null {
  const begun = liveIds(record, now).flatMap((id) => {
    const entry = record.entries.get(id);
    return entry === undefined ? [] : sinceOf(entry);
  });
  if (reviewDays === null || begun.length === 0) return null;
  const confirmedAt = millis(Math.max(Math.min(...begun), reviewedAt ?? 0));
  const dueAt = millis(confirmedAt + reviewDays * DAY_MS);
  return dueAt > now ? null : { confirmedAt, dueAt, isTold: askedAt !== null && askedAt > confirmedAt };
}
