import { iso, short } from '../record/entry.ts';
import { NOTES_TAG, readNotes } from '../record/notes.ts';
import { recordTags } from '../record/record.ts';
import { dueReview } from '../record/reviews.ts';
import { hasRoomFor } from '../record/tag-budget.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { ReplySource } from '../verification/reply.ts';
import { type NoticePorts, ROOMLESS_MS, type TellNotices } from './end-notices.ts';
import { replyOfRole } from './role-reply.ts';

/**
 * Tells the requester and the owner that a role is due for review, once for each confirmation that is missing. As with
 * ends it is told before it is remembered, and copies share an id.
 */
export const tellingReviews =
  (sender: ReplySource, { clock, outbox, upkeep, requesterOf }: NoticePorts, readAt: Millis): TellNotices =>
  async (role, record) => {
    const { access, requesterUid } = role.id;
    const reviewDays = requesterOf(requesterUid)?.reviewDays ?? null;
    const review = dueReview(record, readNotes(role.tags), reviewDays, readAt);
    if (review === null || review.told !== null) return 0;
    const { confirmedAt, dueAt } = review;
    const hasRoom = hasRoomFor(NOTES_TAG, role.tags, recordTags(record).keys());
    if (!hasRoom && dueAt < readAt - ROOMLESS_MS) return 0;
    const keep = JSON.stringify({ owner: { keep: { requesterUid, access } } });
    const reply = replyOfRole(role, record, `review:${role.name}:${iso(dueAt)}`, sender, clock.now(), {
      status: 'review-due',
      prerequisites: [
        `nobody has confirmed this role since ${iso(confirmedAt)}: the owner confirms it with "npx dms-handshake review --keep ${role.name}" (${keep} on its own topic), or closes it`,
        `if nobody does, what it grants now ends ${reviewDays} days after this notice, or a little later`,
      ],
      problem: null,
    });
    await outbox.publish(reply, requesterUid);
    await outbox.publish(reply, 'owner');
    if (hasRoom)
      await upkeep.ask({
        remember: { roles: [role.name], tags: { [NOTES_TAG]: `asked:${short(millis(Math.floor(readAt)))}` } },
      });
    return 1;
  };
