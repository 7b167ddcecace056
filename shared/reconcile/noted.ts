import type { Change } from '../record/change.ts';
import { formatNotes, NOTES_TAG, type Notes, readNotes } from '../record/notes.ts';
import { type AccessRecord, recordTags } from '../record/record.ts';
import { hasRoomFor } from '../record/tag-budget.ts';
import type { Ruling } from './approval-gate.ts';

/** What stands in the tag where nothing is noted any more. */
const NOTHING = '-';

type Tags = ReadonlyMap<string, string>;

/**
 * What is to be noted on a role for a change, as the value of its tag; null where that is nothing new, or where the tags
 * of others leave no room: a note must never be in the way of a record.
 */
export function notedFor(
  change: Change,
  tags: Tags,
  record: AccessRecord,
  isChanged: boolean,
): string | null {
  if (!hasRoomFor(NOTES_TAG, tags, recordTags(record).keys())) return null;
  const before = readNotes(tags);
  const after = withReason(before, change, isChanged);
  return after === before ? null : formatNotes(after);
}

/** The reason of the last grant that changed something stays with the role. */
function withReason(notes: Notes, change: Change, isChanged: boolean): Notes {
  if (change.action !== 'grant' || change.reference === undefined) return notes;
  return isChanged || notes.reference === null ? { ...notes, reference: change.reference } : notes;
}

/** The same behind the gate of approval: what it says has to stand there, whatever stands there now. */
export function notesBehind(
  { notes, reason }: Ruling,
  change: Change,
  tags: Tags,
  record: AccessRecord,
  isChanged: boolean,
): string | null {
  if (notes === null) return reason ? notedFor(change, tags, record, isChanged) : null;
  if (!hasRoomFor(NOTES_TAG, tags, recordTags(record).keys())) return null;
  const after = reason ? withReason(notes, change, isChanged) : notes;
  return formatNotes(after) || NOTHING;
}
