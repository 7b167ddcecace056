import { POLICY_PREFIX, ROLE_PREFIXES } from '../catalogue/names.ts';
import { deployer, remover } from './deployer.ts';
import { allow, functionArn, policy, queueArn, readsLogs, topicArn } from './document-parts.ts';
import { FUNCTION_NAMES, type Installation } from './installation.ts';
import { liveOwner, liveRequester } from './live.ts';
import { installed, type PersonRights } from './person.ts';
import { senderRoleName } from './requester-permissions.ts';

/** All of them, as the installation and one requester have them. */
export const peopleRights = (at: Installation, requesterUid: string): readonly PersonRights[] => [
  deployer(at),
  remover(at),
  operator(at),
  approver(at),
  asker(at, requesterUid),
  liveOwner(at),
  liveRequester(at, requesterUid),
];

/**
 * The rights of whoever runs `list`, `pending`, `plan`, `verify`, `history`, `sweep`, `dead-letters` and `doctor` in account B: reading,
 * invoking verify, and taking what was never answered out of its queue.
 */
function operator(at: Installation): PersonRights {
  const { roles, policies, topics, queues } = installed(at);
  const functions = Object.values(FUNCTION_NAMES).map((name) => functionArn(at.region, at.ownerUid, name));
  return {
    name: 'dms-handshake-operator',
    account: 'owner',
    why: 'runs list, pending, plan, verify, history, sweep, dead-letters and doctor; writes nothing in RAM',
    permission: policy(
      allow(['ram:ListRoles'], [`acs:ram:*:${at.ownerUid}:role/*`]),
      allow(['ram:ListPolicies'], [`acs:ram:*:${at.ownerUid}:policy/*`]),
      allow(
        ['ram:GetRole', 'ram:ListPoliciesForRole'],
        [roles, ...ROLE_PREFIXES.map((prefix) => `acs:ram:*:${at.ownerUid}:role/${prefix}*`)],
      ),
      allow(['ram:GetPolicy'], [policies, `acs:ram:*:${at.ownerUid}:policy/${POLICY_PREFIX}*`]),
      allow(['ram:ListTagResources'], ['*']),
      allow(['mns:GetTopicAttributes'], topics),
      allow(
        ['mns:GetSubscriptionAttributes'],
        topics.map((topic) => `${topic}/subscriptions/*`),
      ),
      allow(['mns:GetQueueAttributes'], [queues]),
      allow(['fc:GetFunction'], functions),
      allow(
        ['fc:ListTriggers'],
        functions.map((one) => `${one}/triggers/*`),
      ),
      allow(['fc:InvokeFunction'], [functionArn(at.region, at.ownerUid, FUNCTION_NAMES.verify)]),
      allow(
        ['mns:ReceiveMessage', 'mns:ChangeMessageVisibility', 'mns:DeleteMessage'],
        [`${queueArn(at.region, at.ownerUid, at.deadLetters)}/messages`],
      ),
      // pending: the words of what waits. Nothing is taken out.
      allow(
        ['mns:ReceiveMessage', 'mns:ChangeMessageVisibility'],
        [`${queueArn(at.region, at.ownerUid, at.ownerReplies)}/messages`],
      ),
      // history: what the functions wrote; where they write no logs, who wrote RAM.
      readsLogs(at.region, at.ownerUid),
      allow(['actiontrail:LookupEvents'], ['*']),
      // doctor: whether this account has a tenant of DMS. DMS authorises on all resources only.
      allow(['dms:ListInstances'], ['*']),
    ),
    unproved: [],
  };
}

/**
 * Speaks for the owner: takes access away from whoever has it. The one document that reaches the owner's topic; neither
 * the operator's nor any function's does.
 */
function approver({ region, ownerUid, ownerTopic }: Installation): PersonRights {
  return {
    name: 'dms-handshake-approver',
    account: 'owner',
    why: "publishes the owner's word, and nothing else",
    permission: policy(allow(['mns:PublishMessage'], [`${topicArn(region, ownerUid, ownerTopic)}/messages`])),
    unproved: [],
  };
}

/** The rights of whoever runs `request`, `revoke` and `reply` in account A. */
function asker(at: Installation, requesterUid: string): PersonRights {
  return {
    name: 'dms-handshake-asker',
    account: 'requester',
    why: 'sends requests and reads the replies',
    permission: policy(
      allow(['sts:AssumeRole'], [`acs:ram:*:${at.ownerUid}:role/${senderRoleName(requesterUid)}`]),
      allow(
        ['mns:ReceiveMessage', 'mns:DeleteMessage', 'mns:ChangeMessageVisibility'],
        [`${queueArn(at.region, requesterUid, at.replyTopic)}/messages`],
      ),
    ),
    unproved: [],
  };
}
