import type { Requester } from '../admission/requesters.ts';
import { emergencyToTell, toldOfEmergency, withEmergencyTold } from '../record/emergency.ts';
import { formatNotes, NOTES_TAG, type Notes, readNotes } from '../record/notes.ts';
import { type AccessRecord, readRecord } from '../record/record.ts';
import { dueReview } from '../record/reviews.ts';
import { hasRoomFor } from '../record/tag-budget.ts';
import { dayOf, dueUnused } from '../record/unused.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import { lastLook } from '../verification/last-look.ts';

/** Clocks of two functions may differ by this much, in ms. What is noted from further ahead would outlast true words. */
export const SKEW_MS = 5 * 60_000;

type Tags = ReadonlyMap<string, string>;
type Rules = Pick<Requester, 'reviewDays' | 'unusedDays'> | undefined;

/**
 * The notes that the sweep or verify may add to those of a role: up to when it was told of ends, the day of the last use,
 * what verify saw last if that is something else than was found before, and that it was told that a review is due, that
 * an emergency was, or that nobody uses the role. What was told counts by the clock of provision, and only where that
 * finds it due itself. All else that is noted stays as it is. Empty where there is nothing new.
 */
export function newNotes(wanted: Tags, present: Tags, now: Millis, rules: Rules): Tags {
  const given = readNotes(wanted);
  const notes = readNotes(present);
  const record = readRecord(present, now);
  const seen = {
    ...(isLater(given.toldAt, notes.toldAt, now) ? { toldAt: given.toldAt } : {}),
    ...(isLater(given.usedAt, notes.usedAt, now) ? { usedAt: dayOf(given.usedAt) } : {}),
    ...(isSeen(given, present, now) ? { seen: given.seen } : {}),
  };
  const told = toldNow(given, { ...notes, ...seen }, record, now, rules);
  const isEmergency = toldOfEmergency(given.further) !== null && emergencyToTell(record, notes, now) !== null;
  const isNothing = Object.keys({ ...seen, ...told }).length === 0 && !isEmergency;
  if (isNothing || !hasRoomFor(NOTES_TAG, present, [])) return new Map();
  const before = isEmergency ? withEmergencyTold(notes, whole(now)) : notes;
  return new Map([[NOTES_TAG, formatNotes({ ...before, ...seen, ...told })]]);
}

const isLater = (time: Millis | null, known: Millis | null, now: Millis): time is Millis =>
  time !== null && time <= now + SKEW_MS && time > (known ?? 0);

function isSeen({ seen }: Notes, present: Tags, now: Millis): boolean {
  const last = lastLook(present);
  return (
    seen !== null &&
    seen.at <= now + SKEW_MS &&
    (last === null || (seen.at > last.at && seen.status !== last.status))
  );
}

/**
 * That a review is due and that nobody uses the role. What the sweep has watched is its own business: here it
 * counts as all.
 */
function toldNow(
  given: Notes,
  notes: Notes,
  record: AccessRecord,
  now: Millis,
  rules: Rules,
): Partial<Notes> {
  const review = given.askedAt === null ? null : dueReview(record, notes, rules?.reviewDays ?? null, now);
  const watched = { from: millis(0), until: now };
  const unused = given.idleAt === null ? null : dueUnused(record, notes, rules?.unusedDays ?? null, watched);
  return {
    ...(review !== null && review.told === null ? { askedAt: whole(now) } : {}),
    ...(unused !== null && !unused.isTold ? { idleAt: whole(now) } : {}),
  };
}

const whole = (time: Millis): Millis => millis(Math.floor(time));
