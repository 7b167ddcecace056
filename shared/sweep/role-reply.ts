import type { Reply, ReplyData } from '../../events/reply.ts';
import { NO_GRANTS } from '../catalogue/grants.ts';
import { iso } from '../record/entry.ts';
import { expiryOf } from '../record/expiry.ts';
import { grantedList } from '../record/granted-list.ts';
import { readNotes } from '../record/notes.ts';
import { type AccessRecord, grantedBy } from '../record/record.ts';
import type { Millis } from '../runtime/millis.ts';
import { type ReplySource, replyAbout } from '../verification/reply.ts';
import type { OurRole } from './list-roles.ts';

/** A reply about what a role grants by its record, without a look at the role. Replies of one `requestId` are copies. */
export function replyOfRole(
  { id: { access, requesterUid }, arn, tags }: OurRole,
  record: AccessRecord,
  requestId: string,
  sender: ReplySource,
  now: Millis,
  rest: Pick<ReplyData, 'status' | 'prerequisites' | 'problem' | 'next' | 'breakGlass'>,
): Reply {
  const granted = access === 'register' ? grantedBy(record, now) : NO_GRANTS;
  const { breakGlass, ...told } = rest;
  const ends = expiryOf(record, now);
  const about = {
    requestId,
    fingerprint: requestId,
    requesterUid,
    access,
    reference: readNotes(tags).reference,
    breakGlass,
  };
  return replyAbout(about, sender, now, {
    roleArn: arn,
    engines: [...granted.engines],
    connections: [...granted.connections],
    expiresAt: ends === null ? null : iso(ends),
    grants: grantedList(record, now),
    assurance: 'structural',
    checks: [],
    console: null,
    ...told,
  });
}
