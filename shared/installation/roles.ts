import type { Document } from '../catalogue/document.ts';
import { CONSOLE_POLICY, POLICY_PREFIX, ROLE_PREFIXES, TRIGGER_ROLE } from '../catalogue/names.ts';
import { TOPICS } from '../runtime/topics.ts';
import { allow, functionArn, policy, queueArn, topicArn, trustAccount, trustService } from './statements.ts';

/** One role that the installation needs: who may assume it, what it may do, and why. */
export interface InstalledRole {
  readonly name: string;
  readonly why: string;
  readonly trust: Document;
  readonly permission: Document;
}

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

/** The roles of the installation in account B. The one place where its rights are written down. */
export function ownerRoles(at: Installation): readonly InstalledRole[] {
  return [intakeRole(at), provisionRole(at), verifyRole(at), triggerRole(at)];
}

function intakeRole({ region, ownerUid, requestTopic, requesterTopics = [] }: Installation): InstalledRole {
  return {
    name: FUNCTION_NAMES.intake,
    why: 'the only function on the internet: publishes requests, and nothing else',
    trust: trustService('fc.aliyuncs.com'),
    permission: policy(
      allow(
        ['mns:PublishMessage'],
        [...new Set([requestTopic, ...requesterTopics])].map(
          (topic) => `${topicArn(region, ownerUid, topic)}/messages`,
        ),
      ),
    ),
  };
}

function provisionRole({ region, ownerUid }: Installation): InstalledRole {
  const roles = ROLE_PREFIXES.map((prefix) => `acs:ram:*:${ownerUid}:role/${prefix}*`);
  const policies = `acs:ram:*:${ownerUid}:policy/${POLICY_PREFIX}*`;
  return {
    name: FUNCTION_NAMES.provision,
    why: 'the only writer of RAM, and only of objects of our names',
    trust: trustService('fc.aliyuncs.com'),
    permission: policy(
      allow(
        ['ram:GetRole', 'ram:CreateRole', 'ram:UpdateRole', 'ram:DeleteRole', 'ram:ListPoliciesForRole'],
        roles,
      ),
      allow(
        [
          'ram:GetPolicy',
          'ram:CreatePolicy',
          'ram:CreatePolicyVersion',
          'ram:ListPolicyVersions',
          'ram:DeletePolicyVersion',
          'ram:DeletePolicy',
        ],
        [policies],
      ),
      allow(['ram:AttachPolicyToRole'], [...roles, policies, `acs:ram:*:system:policy/${CONSOLE_POLICY}`]),
      // Takes away whatever somebody else attached to a role of ours, so the policy may be any.
      allow(
        ['ram:DetachPolicyFromRole'],
        [...roles, `acs:ram:*:${ownerUid}:policy/*`, 'acs:ram:*:system:policy/*'],
      ),
      // RAM authorises tagging on all resources only.
      allow(['ram:TagResources', 'ram:UntagResources', 'ram:ListTagResources'], ['*']),
      allow(['fc:InvokeFunction'], [functionArn(region, ownerUid, FUNCTION_NAMES.verify)]),
    ),
  };
}

function verifyRole({ region, ownerUid, upkeepTopic, replyTopic, deadLetters }: Installation): InstalledRole {
  const roles = ROLE_PREFIXES.map((prefix) => `acs:ram:*:${ownerUid}:role/${prefix}*`);
  return {
    name: FUNCTION_NAMES.verify,
    why: 'reads roles, assumes them for a test, replies; writes nothing in RAM',
    trust: trustService('fc.aliyuncs.com'),
    permission: policy(
      allow(['ram:GetRole', 'ram:ListPoliciesForRole'], roles),
      allow(['ram:GetPolicy'], [`acs:ram:*:${ownerUid}:policy/${POLICY_PREFIX}*`]),
      allow(['ram:ListTagResources'], ['*']),
      // For the sweep, which lists the roles and policies of the account.
      allow(['ram:ListRoles'], [`acs:ram:*:${ownerUid}:role/*`]),
      allow(['ram:ListPolicies'], [`acs:ram:*:${ownerUid}:policy/*`]),
      allow(['sts:AssumeRole'], roles),
      // Replies, and what the sweep finds due. No requests: who holds these keys cannot ask in anybody's name.
      allow(
        ['mns:PublishMessage'],
        [replyTopic, upkeepTopic].map((topic) => `${topicArn(region, ownerUid, topic)}/messages`),
      ),
      allow(['mns:SendMessage'], [`${queueArn(region, ownerUid, deadLetters)}/messages`]),
    ),
  };
}

function triggerRole({ region, ownerUid }: Installation): InstalledRole {
  return {
    name: TRIGGER_ROLE,
    why: 'lets the topics of requests, upkeep and the owner start provision',
    trust: trustService('mns.aliyuncs.com'),
    permission: policy(
      allow(['fc:InvokeFunction'], [functionArn(region, ownerUid, FUNCTION_NAMES.provision)]),
    ),
  };
}

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

export const SENDER_PREFIX = 'dms-handshake-sender-';

export const senderRoleName = (requesterUid: string): string => SENDER_PREFIX + requesterUid;

/** In account A: what the owner's reply topic assumes to deliver into the requester's queue. */
export function replyQueueRole(at: Installation, requesterUid: string, queue: string): InstalledRole {
  return {
    name: 'dms-handshake-replies',
    why: `lets the reply topic of account ${at.ownerUid} deliver into the queue ${queue}`,
    trust: trustService(`${at.ownerUid}@mns.aliyuncs.com`),
    permission: policy(allow(['mns:SendMessage'], [`${queueArn(at.region, requesterUid, queue)}/messages`])),
  };
}
