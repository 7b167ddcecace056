import { CONSOLE_POLICY, POLICY_PREFIX, ROLE_PREFIXES, TRIGGER_ROLE } from '../catalogue/names.ts';
import {
  allow,
  functionArn,
  policy,
  queueArn,
  topicArn,
  trustService,
  writesLogs,
} from './document-parts.ts';
import { FUNCTION_NAMES, type Installation, type InstalledRole, NOTIFY_NAME } from './installation.ts';

/** The roles of the installation in account B. The one place where its rights are written down. */
export function ownerRoles(at: Installation): readonly InstalledRole[] {
  return [intakeRole(at), provisionRole(at), verifyRole(at), triggerRole(at), notifyRole(at)];
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
      writesLogs(region, ownerUid),
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
      writesLogs(region, ownerUid),
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
      // Who used which role last. ActionTrail authorises operations, not resources.
      allow(['actiontrail:LookupEvents'], ['*']),
      // Replies, and what the sweep finds due. No requests: who holds these keys cannot ask in anybody's name.
      allow(
        ['mns:PublishMessage'],
        [replyTopic, upkeepTopic].map((topic) => `${topicArn(region, ownerUid, topic)}/messages`),
      ),
      allow(['mns:SendMessage'], [`${queueArn(region, ownerUid, deadLetters)}/messages`]),
      writesLogs(region, ownerUid),
    ),
  };
}

function triggerRole({ region, ownerUid }: Installation): InstalledRole {
  return {
    name: TRIGGER_ROLE,
    why: 'lets the topics of requests, upkeep and the owner start provision, and that of replies notify',
    trust: trustService('mns.aliyuncs.com'),
    permission: policy(
      allow(
        ['fc:InvokeFunction'],
        [FUNCTION_NAMES.provision, NOTIFY_NAME].map((name) => functionArn(region, ownerUid, name)),
      ),
    ),
  };
}

function notifyRole({ region, ownerUid }: Installation): InstalledRole {
  return {
    name: NOTIFY_NAME,
    why: 'tells people of replies, where the owner wants it: may do nothing in the account',
    trust: trustService('fc.aliyuncs.com'),
    permission: policy(writesLogs(region, ownerUid)),
  };
}
