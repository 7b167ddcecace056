import type { Document } from '../catalogue/document.ts';
import { TOPICS } from '../runtime/topics.ts';

/** Names of what is installed in account B, and the accounts and region that it is installed for. */
export interface Installation {
  readonly region: string;
  readonly ownerUid: string;
  readonly requestTopic: string;
  /** Further request topics, to which single requesters are bound. */
  readonly requesterTopics?: readonly string[];
  /** What verify finds due, and nothing else. */
  readonly upkeepTopic: string;
  /** What the owner says, and nothing else. */
  readonly ownerTopic: string;
  readonly replyTopic: string;
  /** Queue in account B that gets every reply, whomever it is for. */
  readonly ownerReplies: string;
  readonly deadLetters: string;
}

/** The names that `s.yaml` and `bootstrap` give. */
export const standardNames = (region: string, ownerUid: string): Installation => ({
  region,
  ownerUid,
  requestTopic: TOPICS.requests,
  upkeepTopic: TOPICS.upkeep,
  ownerTopic: TOPICS.owner,
  replyTopic: TOPICS.replies,
  ownerReplies: 'dms-handshake-owner-replies',
  deadLetters: 'dms-handshake-dead-letters',
});

/** Every topic of account B that starts provision. */
export const heardTopics = ({
  requestTopic,
  requesterTopics = [],
  upkeepTopic,
  ownerTopic,
}: Installation): readonly string[] => [
  ...new Set([requestTopic, ...requesterTopics, upkeepTopic, ownerTopic]),
];

export const FUNCTION_NAMES = {
  intake: 'dms-handshake-intake',
  provision: 'dms-handshake-provision',
  verify: 'dms-handshake-verify',
} as const;

/** The function that tells people, if the owner wants it. The others work without it and do not know of it. */
export const NOTIFY_NAME = 'dms-handshake-notify';

/** One role that the installation needs: who may assume it, what it may do, and why. */
export interface InstalledRole {
  readonly name: string;
  readonly why: string;
  readonly trust: Document;
  readonly permission: Document;
}
