import type { Document } from '../catalogue/document.ts';
import { queueArn, topicArn } from './document-parts.ts';
import type { Installation } from './installation.ts';

/** A policy for people or a pipeline, to attach to a RAM user or role of theirs. */
export interface PersonRights {
  readonly name: string;
  readonly account: 'owner' | 'requester';
  readonly why: string;
  readonly permission: Document;
  /**
   * Actions that the local cloud knows by another name: the vendor's manual has that one, public policies have both. So
   * nothing here shows whether these are needed.
   */
  readonly unproved: readonly string[];
}

/**
 * Names of roles, policies, topics, queues and functions of the installation. Requests may come on topics of other
 * names.
 */
export const OURS = 'dms-handshake-*';

/** ARNs of what is installed in account B. */
export function installed({
  region,
  ownerUid,
  requestTopic,
  requesterTopics = [],
  upkeepTopic,
  ownerTopic,
  replyTopic,
}: Installation) {
  const names = [
    OURS,
    ...[requestTopic, ...requesterTopics, upkeepTopic, ownerTopic, replyTopic].filter(
      (name) => !isOurs(name),
    ),
  ];
  return {
    roles: `acs:ram:*:${ownerUid}:role/${OURS}`,
    policies: `acs:ram:*:${ownerUid}:policy/${OURS}`,
    topics: names.map((name) => topicArn(region, ownerUid, name)),
    queues: queueArn(region, ownerUid, OURS),
  };
}

const isOurs = (name: string): boolean => name.startsWith(OURS.slice(0, -1));
