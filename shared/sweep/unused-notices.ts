import { iso, short } from '../record/entry.ts';
import { formatNotes, NOTES_TAG, readNotes } from '../record/notes.ts';
import { readRecord } from '../record/record.ts';
import { dueUnused, type Unused } from '../record/unused.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { ReplySource } from '../verification/reply.ts';
import type { NoticePorts } from './end-notices.ts';
import { hasRoomForNotes, type Uses } from './last-use.ts';
import { key, type OurRole } from './list-roles.ts';
import { replyOfRole } from './role-reply.ts';

/**
 * Tells the requester and the owner of roles that DMS has not assumed for `unusedDays`, once until they are used again.
 * It takes nothing away. As with other notices it is told before it is remembered, and copies share an id; a role without
 * room for a note is passed over, as it would be told of by every sweep. Answers how many were told of.
 */
export async function tellUnused(
  { days, mark }: Uses,
  ours: readonly OurRole[],
  sender: ReplySource,
  { clock, outbox, upkeep, requesterOf }: NoticePorts,
): Promise<number> {
  let told = 0;
  for (const role of ours) {
    const { access, requesterUid } = role.id;
    const unusedDays = requesterOf(requesterUid)?.unusedDays ?? null;
    if (access !== 'register' || unusedDays === null) continue;
    // The clock of a test may stand between two milliseconds, and a note holds whole ones.
    const now = millis(Math.floor(clock.now()));
    const record = readRecord(role.tags, now);
    const notes = readNotes(role.tags);
    const day = days.get(key(role.name)) ?? null;
    const usedAt = (day ?? 0) > (notes.usedAt ?? 0) ? day : notes.usedAt;
    const unused = dueUnused(record, { ...notes, usedAt }, unusedDays, mark);
    if (unused === null || unused.isTold || !canNote(role, now)) continue;
    const requestId = `unused:${role.name}:${iso(unused.since)}`;
    const reply = replyOfRole(role, record, requestId, sender, now, {
      status: 'review-due',
      prerequisites: [wordsOf(unused, unusedDays, usedAt, requesterUid)],
      problem: null,
    });
    await outbox.publish(reply, requesterUid);
    await outbox.publish(reply, 'owner');
    await upkeep.ask({ remember: { roles: [role.name], tags: { [NOTES_TAG]: `idle:${short(now)}` } } });
    told += 1;
  }
  return told;
}

/** Where the note has no room, by other tags or by longer notes, it would be told by every sweep. */
const canNote = (role: OurRole, now: Millis): boolean => {
  const noted = formatNotes({ ...readNotes(role.tags), idleAt: now });
  return hasRoomForNotes(role, now) && readNotes(new Map([[NOTES_TAG, noted]])).idleAt !== null;
};

const wordsOf = (
  { since }: Unused,
  unusedDays: number,
  usedAt: Millis | null,
  requesterUid: string,
): string =>
  `as far as ActionTrail shows, DMS has not assumed this role for ${unusedDays} days and more: ${
    usedAt === null ? `not since ${iso(since)}` : `last on ${iso(usedAt).slice(0, 10)}`
  }. Nothing is taken away; if nobody needs it, the owner closes it with "npx dms-handshake revoke --as-owner --requester ${requesterUid}"`;
