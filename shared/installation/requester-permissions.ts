import { allow, policy, queueArn, topicArn, trustAccount, trustService } from './document-parts.ts';
import type { Installation, InstalledRole } from './installation.ts';

export const SENDER_PREFIX = 'dms-handshake-sender-';

export const senderRoleName = (requesterUid: string): string => SENDER_PREFIX + requesterUid;

/**
 * In account B: what a requester's account assumes to send requests to its topics, and nothing else.
 *
 * Belief sender-publishes (documented): a session with mns:PublishMessage on a topic's messages may publish from
 * another account. Source: "Access control" of Simple Message Queue. Shown wrong by: doctor --live.
 */
export function senderRole(
  at: Installation,
  requesterUid: string,
  topics: readonly string[] = [at.requestTopic],
): InstalledRole {
  return {
    name: senderRoleName(requesterUid),
    why: `lets account ${requesterUid} publish requests`,
    trust: trustAccount(requesterUid),
    permission: policy(
      allow(
        ['mns:PublishMessage'],
        topics.map((topic) => `${topicArn(at.region, at.ownerUid, topic)}/messages`),
      ),
    ),
  };
}

export const REPLY_QUEUE_ROLE = 'dms-handshake-replies';

/** In account A: what the owner's reply topic assumes to deliver into the requester's queue. */
export function replyQueueRole(at: Installation, requesterUid: string, queue: string): InstalledRole {
  return {
    name: REPLY_QUEUE_ROLE,
    why: `lets the reply topic of account ${at.ownerUid} deliver into the queue ${queue}`,
    trust: trustService(`${at.ownerUid}@mns.aliyuncs.com`),
    permission: policy(allow(['mns:SendMessage'], [`${queueArn(at.region, requesterUid, queue)}/messages`])),
  };
}
