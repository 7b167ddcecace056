import { endRules } from '../admission/end-rules.ts';
import { formatNotes, NO_NOTES, NOTES_TAG, readNotes } from '../record/notes.ts';
import { dueNotices } from '../record/notices.ts';
import { type AccessRecord, recordTags } from '../record/record.ts';
import { hasRoomFor } from '../record/tag-budget.ts';
import type { Settings } from '../runtime/config.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { ReplySource } from '../verification/reply.ts';
import { expiringReply } from './expiring-reply.ts';
import type { OurRole } from './list-roles.ts';
import type { SweepPorts } from './sweep-role.ts';

/** Where a role has no room for a note, only the sweeps within this time after the moment tell of it, in ms. */
export const ROOMLESS_MS = 2 * 3_600_000;

/** What a notice needs of a sweep. */
export type NoticePorts = Pick<SweepPorts, 'clock' | 'outbox' | 'upkeep' | 'requesterOf'>;

/** Tells what is to be told of a role in time; answers how many notices that took. */
export type TellNotices = (role: OurRole, record: AccessRecord) => Promise<number>;

/**
 * Tells the requester and the owner of a role that ends are near, each notice once. It is told before it is remembered:
 * one that is told twice, with one id, does less harm than one that nobody is told of.
 *
 * `readAt`: when the tags were read. They may lack what was written shortly before, so a notice waits until its moment
 * can be seen in full: else one of two of the same moment could pass for told.
 */
export const tellingEnds =
  (
    { patienceMs }: Pick<Settings, 'patienceMs'>,
    sender: ReplySource,
    { clock, outbox, upkeep, requesterOf }: NoticePorts,
    readAt: Millis,
  ): TellNotices =>
  async (role, record) => {
    const requester = requesterOf(role.id.requesterUid);
    if (requester === undefined) return 0;
    const hasRoom = hasRoomFor(NOTES_TAG, role.tags, recordTags(record).keys());
    const told = hasRoom ? readNotes(role.tags).toldAt : millis(readAt - ROOMLESS_MS);
    const due = dueNotices(record, requester.noticeDays, told, millis(readAt - patienceMs));
    for (const notice of due) {
      const reply = expiringReply(role, record, notice, endRules(requester), sender, clock.now());
      await outbox.publish(reply, role.id.requesterUid);
      await outbox.publish(reply, 'owner');
    }
    const last = due.at(-1);
    if (last !== undefined && hasRoom) {
      const notes = formatNotes({ ...NO_NOTES, toldAt: last.moment });
      await upkeep.ask({ remember: { roles: [role.name], tags: { [NOTES_TAG]: notes } } });
    }
    return due.length;
  };
