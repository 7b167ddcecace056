import { describe, expect, it } from 'vitest';
import type { Document } from '../../../shared/catalogue/document.ts';
import { fleetRole } from '../../../shared/installation/fleet.ts';
import { ownerRoles } from '../../../shared/installation/function-permissions.ts';
import {
  type Installation,
  type InstalledRole,
  standardNames,
} from '../../../shared/installation/installation.ts';
import { peopleRights } from '../../../shared/installation/people.ts';
import { replyQueueRole, senderRole } from '../../../shared/installation/requester-permissions.ts';

/** The rights are written here a second time: a wider one is no slip of the pen but a decision. */
const AT: Installation = {
  region: 'cn-x',
  ownerUid: '2',
  requestTopic: 'dms-handshake-requests',
  requesterTopics: ['data-of-a', 'dms-handshake-requests'],
  upkeepTopic: 'upkeep',
  ownerTopic: 'owner',
  replyTopic: 'replies',
  ownerReplies: 'all-replies',
  deadLetters: 'dead',
};

const ROLES = 'acs:ram:*:2:role/dms-cross-account-* acs:ram:*:2:role/dms-console-access-*';
const POLICIES = 'acs:ram:*:2:policy/DmsCrossAccountPolicy-*';
const VERIFY = 'acs:fc:cn-x:2:functions/dms-handshake-verify';
const INSTALLED_ROLES = 'acs:ram:*:2:role/dms-handshake-*';
const INSTALLED_POLICIES = 'acs:ram:*:2:policy/dms-handshake-*';
const TOPICS =
  'acs:mns:cn-x:2:/topics/dms-handshake-* acs:mns:cn-x:2:/topics/data-of-a acs:mns:cn-x:2:/topics/upkeep acs:mns:cn-x:2:/topics/owner acs:mns:cn-x:2:/topics/replies';
const SUBSCRIPTIONS = TOPICS.replaceAll(/\S+/g, '$&/subscriptions/*');
const QUEUES = 'acs:mns:cn-x:2:/queues/dms-handshake-*';
const FUNCTIONS =
  'acs:fc:cn-x:2:functions/dms-handshake-* acs:fc:cn-x:2:functions/dms-handshake-*/triggers/*';

/** Each statement as a line: its actions, and what they are for. All of them allow. */
const lines = ({ Statement, Version }: Document): readonly string[] =>
  Statement.map(({ Action, Effect, Resource = [], ...rest }) => {
    expect([Version, Effect, rest]).toEqual(['1', 'Allow', {}]);
    return `${[Action].flat().join(' ')} for ${[Resource].flat().join(' ')}`;
  });

const trusting = (kind: 'Service' | 'RAM', who: string): Document => ({
  Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { [kind]: [who] } }],
  Version: '1',
});

describe('a role of the installation has these rights and no other', () => {
  const roles: readonly InstalledRole[] = [
    ...ownerRoles(AT),
    senderRole(AT, '1'),
    senderRole(AT, '1', ['data-of-a']),
    replyQueueRole(AT, '1', 'q'),
    fleetRole(AT, '3'),
  ];
  const wanted: readonly [name: string, why: string, trust: Document, rights: string[]][] = [
    [
      'dms-handshake-intake',
      'the only function on the internet: publishes requests, and nothing else',
      trusting('Service', 'fc.aliyuncs.com'),
      [
        'mns:PublishMessage for acs:mns:cn-x:2:/topics/dms-handshake-requests/messages acs:mns:cn-x:2:/topics/data-of-a/messages',
        'log:PostLogStoreLogs for acs:log:cn-x:2:project/*/logstore/dms-handshake*',
      ],
    ],
    [
      'dms-handshake-provision',
      'the only writer of RAM, and only of objects of our names',
      trusting('Service', 'fc.aliyuncs.com'),
      [
        `ram:GetRole ram:CreateRole ram:UpdateRole ram:DeleteRole ram:ListPoliciesForRole for ${ROLES}`,
        `ram:GetPolicy ram:CreatePolicy ram:CreatePolicyVersion ram:ListPolicyVersions ram:DeletePolicyVersion ram:DeletePolicy for ${POLICIES}`,
        `ram:AttachPolicyToRole for ${ROLES} ${POLICIES} acs:ram:*:system:policy/AliyunDMSLoginConsoleAccess`,
        `ram:DetachPolicyFromRole for ${ROLES} acs:ram:*:2:policy/* acs:ram:*:system:policy/*`,
        'ram:TagResources ram:UntagResources ram:ListTagResources for *',
        `fc:InvokeFunction for ${VERIFY}`,
        'log:PostLogStoreLogs for acs:log:cn-x:2:project/*/logstore/dms-handshake*',
      ],
    ],
    [
      'dms-handshake-verify',
      'reads roles, assumes them for a test, replies; writes nothing in RAM',
      trusting('Service', 'fc.aliyuncs.com'),
      [
        `ram:GetRole ram:ListPoliciesForRole for ${ROLES}`,
        `ram:GetPolicy for ${POLICIES}`,
        'ram:ListTagResources for *',
        'ram:ListRoles for acs:ram:*:2:role/*',
        'ram:ListPolicies for acs:ram:*:2:policy/*',
        `sts:AssumeRole for ${ROLES}`,
        'actiontrail:LookupEvents for *',
        'mns:PublishMessage for acs:mns:cn-x:2:/topics/replies/messages acs:mns:cn-x:2:/topics/upkeep/messages',
        'mns:SendMessage for acs:mns:cn-x:2:/queues/dead/messages',
        'log:PostLogStoreLogs for acs:log:cn-x:2:project/*/logstore/dms-handshake*',
      ],
    ],
    [
      'dms-handshake-trigger',
      'lets the topics of requests, upkeep and the owner start provision, and that of replies notify',
      trusting('Service', 'mns.aliyuncs.com'),
      [
        'fc:InvokeFunction for acs:fc:cn-x:2:functions/dms-handshake-provision acs:fc:cn-x:2:functions/dms-handshake-notify',
      ],
    ],
    [
      'dms-handshake-notify',
      'tells people of replies, where the owner wants it: may do nothing in the account',
      trusting('Service', 'fc.aliyuncs.com'),
      ['log:PostLogStoreLogs for acs:log:cn-x:2:project/*/logstore/dms-handshake*'],
    ],
    [
      'dms-handshake-sender-1',
      'lets account 1 publish requests',
      trusting('RAM', 'acs:ram::1:root'),
      ['mns:PublishMessage for acs:mns:cn-x:2:/topics/dms-handshake-requests/messages'],
    ],
    [
      'dms-handshake-sender-1',
      'lets account 1 publish requests',
      trusting('RAM', 'acs:ram::1:root'),
      ['mns:PublishMessage for acs:mns:cn-x:2:/topics/data-of-a/messages'],
    ],
    [
      'dms-handshake-replies',
      'lets the reply topic of account 2 deliver into the queue q',
      trusting('Service', '2@mns.aliyuncs.com'),
      ['mns:SendMessage for acs:mns:cn-x:1:/queues/q/messages'],
    ],
    [
      'dms-handshake-fleet',
      'lets account 3 have the roles of this one verified',
      trusting('RAM', 'acs:ram::3:root'),
      [`fc:InvokeFunction for ${VERIFY}`],
    ],
  ];

  it('and there is no other role', () => {
    expect(roles.map(({ name }) => name)).toEqual(wanted.map(([name]) => name));
  });

  it.each(wanted.map((row, index) => [row[0], index, row] as const))(
    '%s',
    (_name, index, [name, why, trust, rights]) => {
      const found = roles.slice(index, index + 1);
      expect(found.map((one) => [one.name, one.why, one.trust])).toEqual([[name, why, trust]]);
      expect(found.flatMap(({ permission }) => lines(permission))).toEqual(rights);
    },
  );

  it('intake publishes to one topic where no requester has one of its own', () => {
    const { requesterTopics: _none, ...plain } = AT;
    const [intake] = ownerRoles(plain);
    expect(intake === undefined ? [] : lines(intake.permission)).toEqual([
      'mns:PublishMessage for acs:mns:cn-x:2:/topics/dms-handshake-requests/messages',
      'log:PostLogStoreLogs for acs:log:cn-x:2:project/*/logstore/dms-handshake*',
    ]);
  });
});

describe('people have these rights and no other', () => {
  const [ours, triggers] = FUNCTIONS.split(' ');
  const configures =
    'fc:GetFunction fc:CreateFunction fc:UpdateFunction fc:GetFunctionAsyncInvokeConfig fc:GetAsyncInvokeConfig fc:PutFunctionAsyncInvokeConfig fc:PutAsyncInvokeConfig fc:GetConcurrencyConfig fc:PutConcurrencyConfig';
  const wires = 'fc:GetTrigger fc:ListTriggers fc:CreateTrigger fc:UpdateTrigger';
  const takesAway =
    'fc:GetFunction fc:DeleteFunction fc:GetFunctionAsyncInvokeConfig fc:GetAsyncInvokeConfig fc:GetConcurrencyConfig fc:DeleteConcurrencyConfig';
  const unwires = 'fc:ListTriggers fc:DeleteTrigger';
  const functions = ['intake', 'provision', 'verify'].map(
    (name) => `acs:fc:cn-x:2:functions/dms-handshake-${name}`,
  );
  const live = (uid: string): string[] => {
    const [roles, policies] = ['role', 'policy'].map((kind) => `acs:ram:*:${uid}:${kind}/dmshs-live-*`);
    return [
      `ram:CreateRole ram:ListPoliciesForRole ram:DeleteRole for ${roles}`,
      `ram:CreatePolicy ram:ListPolicyVersions ram:DeletePolicy for ${policies}`,
      `ram:AttachPolicyToRole ram:DetachPolicyFromRole for ${roles} ${policies}`,
    ];
  };
  const people: readonly [name: string, account: string, why: string, rights: string[], unproved: string][] =
    [
      [
        'dms-handshake-deployer',
        'owner',
        'runs bootstrap and npm run deploy',
        [
          'ram:ListRoles for acs:ram:*:2:role/*',
          `ram:GetRole ram:ListPoliciesForRole ram:CreateRole ram:UpdateRole for ${INSTALLED_ROLES}`,
          `ram:GetPolicy ram:CreatePolicy ram:CreatePolicyVersion for ${INSTALLED_POLICIES}`,
          `ram:AttachPolicyToRole for ${INSTALLED_ROLES} ${INSTALLED_POLICIES}`,
          'ram:TagResources ram:ListTagResources for *',
          `mns:GetTopicAttributes mns:CreateTopic for ${TOPICS}`,
          `mns:GetSubscriptionAttributes mns:Subscribe mns:Unsubscribe for ${SUBSCRIPTIONS}`,
          'mns:PublishMessage for acs:mns:cn-x:2:/topics/replies/messages',
          `mns:GetQueueAttributes mns:CreateQueue for ${QUEUES}`,
          `${configures} for ${ours}`,
          `${wires} for ${triggers}`,
          'fc:GetTempBucketToken for *',
          `ram:PassRole for ${['intake', 'provision', 'verify', 'trigger', 'notify'].map((name) => `acs:ram:*:2:role/dms-handshake-${name}`).join(' ')}`,
        ],
        'fc:GetAsyncInvokeConfig fc:PutAsyncInvokeConfig',
      ],
      [
        'dms-handshake-remover',
        'owner',
        'runs bootstrap --remove and npm run remove',
        [
          'ram:ListRoles for acs:ram:*:2:role/*',
          `ram:ListPoliciesForRole ram:DeleteRole for ${INSTALLED_ROLES}`,
          `ram:GetPolicy ram:ListPolicyVersions ram:DeletePolicyVersion ram:DeletePolicy for ${INSTALLED_POLICIES}`,
          `ram:DetachPolicyFromRole for ${INSTALLED_ROLES} ${INSTALLED_POLICIES}`,
          'ram:ListTagResources for *',
          `mns:DeleteTopic for ${TOPICS}`,
          `mns:Unsubscribe for ${SUBSCRIPTIONS}`,
          `mns:DeleteQueue for ${QUEUES}`,
          `${takesAway} for ${ours}`,
          `${unwires} for ${triggers}`,
        ],
        'fc:GetAsyncInvokeConfig',
      ],
      [
        'dms-handshake-operator',
        'owner',
        'runs list, pending, plan, verify, history, sweep, dead-letters and doctor; writes nothing in RAM',
        [
          'ram:ListRoles for acs:ram:*:2:role/*',
          'ram:ListPolicies for acs:ram:*:2:policy/*',
          `ram:GetRole ram:ListPoliciesForRole for ${INSTALLED_ROLES} ${ROLES}`,
          `ram:GetPolicy for ${INSTALLED_POLICIES} ${POLICIES}`,
          'ram:ListTagResources for *',
          `mns:GetTopicAttributes for ${TOPICS}`,
          `mns:GetSubscriptionAttributes for ${SUBSCRIPTIONS}`,
          `mns:GetQueueAttributes for ${QUEUES}`,
          `fc:GetFunction for ${functions.join(' ')}`,
          `fc:ListTriggers for ${functions.map((one) => `${one}/triggers/*`).join(' ')}`,
          `fc:InvokeFunction for ${VERIFY}`,
          'mns:ReceiveMessage mns:ChangeMessageVisibility mns:DeleteMessage for acs:mns:cn-x:2:/queues/dead/messages',
          'mns:ReceiveMessage mns:ChangeMessageVisibility for acs:mns:cn-x:2:/queues/all-replies/messages',
          'log:GetLogStoreLogs for acs:log:cn-x:2:project/*/logstore/dms-handshake*',
          'actiontrail:LookupEvents for *',
          'dms:ListInstances for *',
        ],
        '',
      ],
      [
        'dms-handshake-approver',
        'owner',
        "publishes the owner's word, and nothing else",
        ['mns:PublishMessage for acs:mns:cn-x:2:/topics/owner/messages'],
        '',
      ],
      [
        'dms-handshake-asker',
        'requester',
        'sends requests and reads the replies',
        [
          'sts:AssumeRole for acs:ram:*:2:role/dms-handshake-sender-1',
          'mns:ReceiveMessage mns:DeleteMessage mns:ChangeMessageVisibility for acs:mns:cn-x:1:/queues/replies/messages',
        ],
        '',
      ],
      [
        'dms-handshake-live',
        'owner',
        'runs doctor --live, with keys of account B',
        [
          ...live('2'),
          'ram:DetachPolicyFromRole for acs:ram:*:system:policy/AliyunDMSLoginConsoleAccess',
          'sts:AssumeRole for acs:ram:*:2:role/dmshs-live-*',
          'mns:CreateTopic mns:DeleteTopic for acs:mns:cn-x:2:/topics/dmshs-live-*',
          'mns:Subscribe mns:Unsubscribe for acs:mns:cn-x:2:/topics/dmshs-live-*/subscriptions/*',
          'fc:CreateFunction fc:DeleteFunction fc:InvokeFunction fc:PutFunctionAsyncInvokeConfig fc:PutAsyncInvokeConfig for acs:fc:cn-x:2:functions/dmshs-live-*',
          'fc:CreateTrigger fc:DeleteTrigger for acs:fc:cn-x:2:functions/dmshs-live-*/triggers/*',
          'ram:PassRole for acs:ram:*:2:role/dmshs-live-*',
          'mns:CreateQueue mns:DeleteQueue mns:GetQueueAttributes for acs:mns:cn-x:2:/queues/dmshs-live-*',
          'mns:ReceiveMessage for acs:mns:cn-x:2:/queues/dmshs-live-*/messages',
        ],
        'fc:PutAsyncInvokeConfig',
      ],
      [
        'dms-handshake-live-requester',
        'requester',
        'runs doctor --live, with keys of account A',
        [
          ...live('1'),
          'sts:AssumeRole for acs:ram:*:2:role/dmshs-live-*',
          'mns:CreateQueue mns:DeleteQueue for acs:mns:cn-x:1:/queues/dmshs-live-*',
          'mns:ReceiveMessage for acs:mns:cn-x:1:/queues/dmshs-live-*/messages',
          'dms:ListInstances dms:GetInstance dms:ListUsers dms:AddInstance dms:DeleteInstance for *',
        ],
        '',
      ],
    ];

  it.each(people)('%s', (name, account, why, rights, unproved) => {
    const found = peopleRights(AT, '1').filter((one) => one.name === name);
    expect(found.map((one) => [one.account, one.why, one.unproved.join(' ')])).toEqual([
      [account, why, unproved],
    ]);
    expect(found.flatMap(({ permission }) => lines(permission))).toEqual(rights);
  });

  it('of an installation without further topics are for the topics that it has', () => {
    const { requesterTopics: _none, ...plain } = AT;
    const [deployer] = peopleRights({ ...plain, ...standardNames('cn-x', '2') }, '1');
    expect(deployer === undefined ? [] : lines(deployer.permission)).toContain(
      'mns:GetTopicAttributes mns:CreateTopic for acs:mns:cn-x:2:/topics/dms-handshake-*',
    );
    expect(peopleRights(AT, '1')).toHaveLength(people.length);
  });
});
