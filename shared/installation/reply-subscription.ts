import { createHash } from 'node:crypto';
import { queueArn } from './document-parts.ts';
import type { Installation } from './installation.ts';
import { replyQueueRole } from './requester-permissions.ts';

/** How the reply topic of account B pushes into a queue. */
export interface ReplySubscription {
  readonly endpoint: string;
  readonly contentFormat: 'SIMPLIFIED';
  readonly strategy: 'EXPONENTIAL_DECAY_RETRY';
  /** Role of the queue's account that the push runs under; null inside account B. */
  readonly roleArn: string | null;
  /** The tag that a reply must have; null lets every reply through. */
  readonly filterTag: string | null;
}

/** The subscription of account B itself: into its own queue, whomever a reply is for. */
export const OWNER_SUBSCRIPTION = 'owner';

export const ownerSubscription = (at: Installation): ReplySubscription => ({
  endpoint: queueArn(at.region, at.ownerUid, at.ownerReplies),
  contentFormat: 'SIMPLIFIED',
  strategy: 'EXPONENTIAL_DECAY_RETRY',
  roleArn: null,
  filterTag: null,
});

export const replySubscriptionName = (requesterUid: string): string => `requester-${requesterUid}`;

/** The subscription of one account A: what is for it, and nothing else. */
export const replySubscription = (at: Installation, requesterUid: string): ReplySubscription => ({
  endpoint: queueArn(at.region, requesterUid, at.replyTopic),
  contentFormat: 'SIMPLIFIED',
  strategy: 'EXPONENTIAL_DECAY_RETRY',
  roleArn: `acs:ram::${requesterUid}:role/${replyQueueRole(at, requesterUid, at.replyTopic).name}`,
  filterTag: requesterUid,
});

/**
 * Key of the tag that says that we made something: `made-topic-dms-handshake-requests`. Of what does not fit into RAM's
 * 128 characters the end is a digest, so that two long names have two keys.
 */
export function madeKey(what: string): string {
  const key = `made-${what}`;
  if (key.length <= 128) return key;
  return `${key.slice(0, 95)}-${createHash('sha256').update(what).digest('hex').slice(0, 32)}`;
}

/**
 * What is remembered of a subscription that we made: all that it was made with, as a digest, and when the service says
 * that it was made. No API shows its role, so this is the only way to tell that it is still ours, with the role that it
 * needs: one that somebody made anew has another time.
 */
export function subscriptionMark(wanted: ReplySubscription, createdAt: string): string {
  const { endpoint, contentFormat, strategy, roleArn, filterTag } = wanted;
  const made = JSON.stringify([endpoint, contentFormat, strategy, roleArn, filterTag]);
  return `${createHash('sha256').update(made).digest('hex').slice(0, 32)}.${createdAt}`;
}
