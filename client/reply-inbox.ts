import type { Clock } from '../shared/runtime/clock.ts';
import { Inbox, type ReplyQueue } from './inbox.ts';
import { readReply } from './read-reply.ts';
import type { Reply, ReplyData } from './reply.ts';

/**
 * What a reply is waited for by: the request, the account that asked, and the owner that was asked. One with the same
 * request id and another account in it is somebody else's, or made up.
 */
export const replyKey = ({
  requestId,
  requesterUid,
  ownerUid,
}: Pick<ReplyData, 'requestId' | 'requesterUid' | 'ownerUid'>): string =>
  JSON.stringify([requestId, requesterUid, ownerUid]);

/** Takes replies out of a queue, by `replyKey`. `open` is asked before every poll. */
export const replyInbox = (open: () => Promise<ReplyQueue>, clock: Clock): Inbox<Reply> =>
  new Inbox(open, clock, (body) => {
    const reply = readReply(body);
    return reply === null ? null : { key: replyKey(reply.data), message: reply };
  });
