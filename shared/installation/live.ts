import { CONSOLE_POLICY } from '../catalogue/names.ts';
import { allow, functionArn, policy, queueArn, topicArn } from './document-parts.ts';
import type { Installation } from './installation.ts';
import type { PersonRights } from './person.ts';

/** What the names of all objects of a live run begin with. Nothing of an installation has such a name. */
export const LIVE_PREFIX = 'dmshs-live-';

const LIVE = `${LIVE_PREFIX}*`;

/** Roles and policies of a run are made, looked at and taken away; nothing of another name is. */
const objects = (uid: string) => {
  const roles = `acs:ram:*:${uid}:role/${LIVE}`;
  const policies = `acs:ram:*:${uid}:policy/${LIVE}`;
  return [
    allow(['ram:CreateRole', 'ram:ListPoliciesForRole', 'ram:DeleteRole'], [roles]),
    allow(['ram:CreatePolicy', 'ram:ListPolicyVersions', 'ram:DeletePolicy'], [policies]),
    allow(['ram:AttachPolicyToRole', 'ram:DetachPolicyFromRole'], [roles, policies]),
  ];
};

/**
 * The rights of whoever runs `doctor --live` in account B. They are limited to names of a run, and yet worth the account:
 * RAM does not limit what may be written into a policy. So they are for test accounts, for an hour.
 */
export const liveOwner = ({ region, ownerUid }: Installation): PersonRights => ({
  name: 'dms-handshake-live',
  account: 'owner',
  why: 'runs doctor --live, with keys of account B',
  permission: policy(
    ...objects(ownerUid),
    // Where a step fails, its console role still has it.
    allow(['ram:DetachPolicyFromRole'], [`acs:ram:*:system:policy/${CONSOLE_POLICY}`]),
    allow(['sts:AssumeRole'], [`acs:ram:*:${ownerUid}:role/${LIVE}`]),
    allow(['mns:CreateTopic', 'mns:DeleteTopic'], [topicArn(region, ownerUid, LIVE)]),
    allow(['mns:Subscribe', 'mns:Unsubscribe'], [`${topicArn(region, ownerUid, LIVE)}/subscriptions/*`]),
    ...functions(region, ownerUid),
  ),
  unproved: ['fc:PutAsyncInvokeConfig'],
});

/** A small function that fails, and a queue that hears of it. */
const functions = (region: string, uid: string) => {
  const live = functionArn(region, uid, LIVE);
  const queue = queueArn(region, uid, LIVE);
  return [
    allow(
      [
        'fc:CreateFunction',
        'fc:DeleteFunction',
        'fc:InvokeFunction',
        // The page of the API has the second name, public lists of actions the first.
        'fc:PutFunctionAsyncInvokeConfig',
        'fc:PutAsyncInvokeConfig',
      ],
      [live],
    ),
    allow(['fc:CreateTrigger', 'fc:DeleteTrigger'], [`${live}/triggers/*`]),
    allow(['ram:PassRole'], [`acs:ram:*:${uid}:role/${LIVE}`]),
    allow(['mns:CreateQueue', 'mns:DeleteQueue', 'mns:GetQueueAttributes'], [queue]),
    allow(['mns:ReceiveMessage'], [`${queue}/messages`]),
  ];
};

/** The same in account A. */
export const liveRequester = ({ region, ownerUid }: Installation, requesterUid: string): PersonRights => ({
  name: 'dms-handshake-live-requester',
  account: 'requester',
  why: 'runs doctor --live, with keys of account A',
  permission: policy(
    ...objects(requesterUid),
    allow(['sts:AssumeRole'], [`acs:ram:*:${ownerUid}:role/${LIVE}`]),
    allow(['mns:CreateQueue', 'mns:DeleteQueue'], [queueArn(region, requesterUid, LIVE)]),
    allow(['mns:ReceiveMessage'], [`${queueArn(region, requesterUid, LIVE)}/messages`]),
    // DMS authorises on all resources only.
    allow(
      ['dms:ListInstances', 'dms:GetInstance', 'dms:ListUsers', 'dms:AddInstance', 'dms:DeleteInstance'],
      ['*'],
    ),
  ),
  unproved: [],
});
