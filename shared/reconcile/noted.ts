import { formatNotes, NOTES_TAG, readNotes } from '../record/notes.ts';
import { type AccessRecord, recordTags } from '../record/record.ts';
import { hasRoomFor } from '../record/tag-budget.ts';
import type { Ruling } from './approval-gate.ts';
import type { RoleChange } from './role-change.ts';

/** What stands in the tag where nothing is noted any more. */
const NOTHING = '-';

type Tags = ReadonlyMap<string, string>;

/**
 * What is to be noted on a role for a change, as the value of its tag; null where that is nothing new, or where the tags
 * of others leave no room: a note must never be in the way of a record.
 */
export function notedFor(
  { note }: Pick<RoleChange, 'note'>,
  tags: Tags,
  record: AccessRecord,
  isChanged: boolean,
): string | null {
  if (note === undefined || !hasRoomFor(NOTES_TAG, tags, recordTags(record).keys())) return null;
  const before = readNotes(tags);
  const after = note(before, isChanged);
  return after === before ? null : formatNotes(after);
}

/** The same behind the gate of approval: what it says has to stand there, whatever stands there now. */
export function notesBehind(
  { notes, reason }: Ruling,
  wanted: Pick<RoleChange, 'note'>,
  tags: Tags,
  record: AccessRecord,
  isChanged: boolean,
): string | null {
  if (notes === null) return reason ? notedFor(wanted, tags, record, isChanged) : null;
  if (!hasRoomFor(NOTES_TAG, tags, recordTags(record).keys())) return null;
  const after = reason && wanted.note !== undefined ? wanted.note(notes, isChanged) : notes;
  return formatNotes(after) ?? NOTHING;
}
