import { emergencyToTell, withEmergencyTold } from '../record/emergency.ts';
import { iso } from '../record/entry.ts';
import { formatNotes, NO_NOTES, NOTES_TAG, readNotes } from '../record/notes.ts';
import { recordTags } from '../record/record.ts';
import { hasRoomFor } from '../record/tag-budget.ts';
import type { Millis } from '../runtime/millis.ts';
import type { ReplySource } from '../verification/reply.ts';
import { type NoticePorts, ROOMLESS_MS, type TellNotices } from './end-notices.ts';
import { replyOfRole } from './role-reply.ts';

/**
 * Tells the requester and the owner, once, that access in an emergency is over and due for review. Also of an account that
 * is listed no more: what was done in an emergency is looked at all the same.
 */
export const tellingEmergencies =
  (
    sender: ReplySource,
    { clock, outbox, upkeep }: Omit<NoticePorts, 'requesterOf'>,
    readAt: Millis,
  ): TellNotices =>
  async (role, record) => {
    const emergency = emergencyToTell(record, readNotes(role.tags), readAt);
    if (emergency === null) return 0;
    const { at, until, reason } = emergency;
    const hasRoom = hasRoomFor(NOTES_TAG, role.tags, recordTags(record).keys());
    if (!hasRoom && until < readAt - ROOMLESS_MS) return 0;
    const { access, requesterUid } = role.id;
    const keep = JSON.stringify({ owner: { keep: { requesterUid, access } } });
    const reply = replyOfRole(role, record, `emergency:${role.name}:${iso(at)}`, sender, clock.now(), {
      status: 'review-due',
      breakGlass: reason,
      prerequisites: [
        `access was taken in an emergency from ${iso(at)} to ${iso(until)}: the owner looks at what was done, and confirms it with "npx dms-handshake review --keep ${role.name}" (${keep} on its own topic); until then there is no other emergency`,
      ],
      problem: null,
    });
    await outbox.publish(reply, requesterUid);
    await outbox.publish(reply, 'owner');
    const notes = formatNotes(withEmergencyTold(NO_NOTES, readAt));
    if (hasRoom) await upkeep.ask({ remember: { roles: [role.name], tags: { [NOTES_TAG]: notes } } });
    return 1;
  };
