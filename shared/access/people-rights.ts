import type { Document } from './document.ts';
import { POLICY_PREFIX, ROLE_PREFIXES } from './names.ts';
import { FUNCTION_NAMES, type Installation, ownerRoles, senderRoleName } from './rights.ts';
import { allow, functionArn, policy, queueArn, topicArn } from './statements.ts';

/** What people or a pipeline of an account need: a policy to attach to a RAM user or role of theirs. */
export interface PersonRights {
  readonly name: string;
  readonly account: 'owner' | 'requester';
  readonly why: string;
  readonly permission: Document;
  /**
   * Actions that `s deploy` and `s remove` call, read in the sources of the fc3 component. The local cloud does not have
   * them, so nothing here shows that they suffice, or that all of them are needed.
   */
  readonly unproved: readonly string[];
}

/** All of them, as the installation and one requester have them. */
export const peopleRights = (at: Installation, requesterUid: string): readonly PersonRights[] => [
  deployer(at),
  remover(at),
  operator(at),
  asker(at, requesterUid),
];

const DEPLOYS = [
  'fc:GetFunction',
  'fc:CreateFunction',
  'fc:UpdateFunction',
  'fc:GetTrigger',
  'fc:CreateTrigger',
  'fc:UpdateTrigger',
  'fc:GetAsyncInvokeConfig',
  'fc:PutAsyncInvokeConfig',
  'fc:GetConcurrencyConfig',
  'fc:PutConcurrencyConfig',
];
const REMOVES = ['fc:GetFunction', 'fc:DeleteFunction', 'fc:ListTriggers', 'fc:DeleteTrigger'];

/** Names of roles, policies, topics, queues and functions of the installation. Requests may come on topics of other names. */
const OURS = 'dms-handshake-*';

/**
 * `bootstrap` and `npm run deploy`. Whoever has this writes the code and the rights of the functions, so it is worth as
 * much as they are together, and more: what it may write into a policy, RAM does not limit.
 */
function deployer(at: Installation): PersonRights {
  const { roles, policies, topics, queues } = installed(at);
  const functions = functionArn(at.region, at.ownerUid, OURS);
  return {
    name: 'dms-handshake-deployer',
    account: 'owner',
    why: 'runs bootstrap and npm run deploy',
    permission: policy(
      allow(['ram:GetRole', 'ram:ListPoliciesForRole', 'ram:CreateRole', 'ram:UpdateRole'], [roles]),
      allow(['ram:GetPolicy', 'ram:CreatePolicy', 'ram:CreatePolicyVersion'], [policies]),
      allow(['ram:AttachPolicyToRole'], [roles, policies]),
      allow(['ram:TagResources', 'ram:ListTagResources'], ['*']),
      allow(['mns:GetTopicAttributes', 'mns:CreateTopic'], topics),
      // Unsubscribe: a subscription that delivers elsewhere is made anew.
      allow(
        ['mns:GetSubscriptionAttributes', 'mns:Subscribe', 'mns:Unsubscribe'],
        topics.map((topic) => `${topic}/subscriptions/*`),
      ),
      allow(['mns:GetQueueAttributes', 'mns:CreateQueue'], [queues]),
      allow(DEPLOYS, [functions, `${functions}/triggers/*`]),
      allow(
        ['ram:PassRole'],
        ownerRoles(at).map(({ name }) => `acs:ram:*:${at.ownerUid}:role/${name}`),
      ),
    ),
    unproved: [...DEPLOYS, 'ram:PassRole'],
  };
}

/** `bootstrap --remove` and `s remove`: apart from the deployer, since it is needed once. */
function remover(at: Installation): PersonRights {
  const { roles, policies, topics, queues } = installed(at);
  const functions = functionArn(at.region, at.ownerUid, OURS);
  return {
    name: 'dms-handshake-remover',
    account: 'owner',
    why: 'runs bootstrap --remove and s remove',
    permission: policy(
      allow(['ram:ListRoles'], [`acs:ram:*:${at.ownerUid}:role/*`]),
      allow(['ram:ListPoliciesForRole', 'ram:DeleteRole'], [roles]),
      allow(
        ['ram:GetPolicy', 'ram:ListPolicyVersions', 'ram:DeletePolicyVersion', 'ram:DeletePolicy'],
        [policies],
      ),
      allow(['ram:DetachPolicyFromRole'], [roles, policies]),
      allow(['ram:ListTagResources'], ['*']),
      allow(['mns:DeleteTopic'], topics),
      allow(
        ['mns:Unsubscribe'],
        topics.map((topic) => `${topic}/subscriptions/*`),
      ),
      allow(['mns:DeleteQueue'], [queues]),
      allow(REMOVES, [functions, `${functions}/triggers/*`]),
    ),
    unproved: REMOVES,
  };
}

/** `list`, `plan`, `verify` and `doctor` in account B: looks, and has verify look. */
function operator(at: Installation): PersonRights {
  const { roles, policies, topics, queues } = installed(at);
  const functions = Object.values(FUNCTION_NAMES).map((name) => functionArn(at.region, at.ownerUid, name));
  return {
    name: 'dms-handshake-operator',
    account: 'owner',
    why: 'runs list, plan, verify and doctor; writes nothing',
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
      // doctor: whether this account has a tenant of DMS. DMS authorises on all resources only.
      allow(['dms:ListInstances'], ['*']),
    ),
    unproved: [],
  };
}

/** `request`, `revoke` and `reply` in account A. */
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

function installed({ region, ownerUid, requestTopic, requesterTopics = [], replyTopic }: Installation) {
  const names = [OURS, ...[requestTopic, ...requesterTopics, replyTopic].filter((name) => !isOurs(name))];
  return {
    roles: `acs:ram:*:${ownerUid}:role/${OURS}`,
    policies: `acs:ram:*:${ownerUid}:policy/${OURS}`,
    topics: names.map((name) => topicArn(region, ownerUid, name)),
    queues: queueArn(region, ownerUid, OURS),
  };
}

const isOurs = (name: string): boolean => name.startsWith(OURS.slice(0, -1));
