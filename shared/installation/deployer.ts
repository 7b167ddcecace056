import { allow, functionArn, policy, topicArn } from './document-parts.ts';
import { ownerRoles } from './function-permissions.ts';
import type { Installation } from './installation.ts';
import { installed, OURS, type PersonRights } from './person.ts';

/**
 * What `npm run deploy` asks of Function Compute, by the tool and to read back. The API calls it PutAsyncInvokeConfig and
 * GetAsyncInvokeConfig; RAM's documented names have `Function` in them, and public policies show both, so both stand here.
 */
const DEPLOYS = [
  'fc:GetFunction',
  'fc:CreateFunction',
  'fc:UpdateFunction',
  'fc:GetFunctionAsyncInvokeConfig',
  'fc:GetAsyncInvokeConfig',
  'fc:PutFunctionAsyncInvokeConfig',
  'fc:PutAsyncInvokeConfig',
  'fc:GetConcurrencyConfig',
  'fc:PutConcurrencyConfig',
];
const DEPLOYS_TRIGGERS = ['fc:GetTrigger', 'fc:ListTriggers', 'fc:CreateTrigger', 'fc:UpdateTrigger'];
/** The upload of code: a token for a bucket of Function Compute's own. It is about no single function. */
const UPLOADS = ['fc:GetTempBucketToken'];

/**
 * What `npm run remove` asks of Function Compute, by the tool and to look that all is gone. Asynchronous configurations go
 * with their function; the tool would list them first, and goes on where it may not.
 */
const REMOVES = [
  'fc:GetFunction',
  'fc:DeleteFunction',
  'fc:GetFunctionAsyncInvokeConfig',
  'fc:GetAsyncInvokeConfig',
  'fc:GetConcurrencyConfig',
  'fc:DeleteConcurrencyConfig',
];
const REMOVES_TRIGGERS = ['fc:ListTriggers', 'fc:DeleteTrigger'];

/**
 * The rights of whoever runs `bootstrap` and `npm run deploy`. They write the code and the rights of the functions,
 * so they are worth more than all functions together: RAM does not limit what may be written into a policy.
 */
export function deployer(at: Installation): PersonRights {
  const { roles, policies, topics, queues } = installed(at);
  const functions = functionArn(at.region, at.ownerUid, OURS);
  return {
    name: 'dms-handshake-deployer',
    account: 'owner',
    why: 'runs bootstrap and npm run deploy',
    permission: policy(
      // To find sender roles that nobody listed should have.
      allow(['ram:ListRoles'], [`acs:ram:*:${at.ownerUid}:role/*`]),
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
      // A message that proves a subscription. Who has this can also send what looks like a reply.
      allow(['mns:PublishMessage'], [`${topicArn(at.region, at.ownerUid, at.replyTopic)}/messages`]),
      allow(['mns:GetQueueAttributes', 'mns:CreateQueue'], [queues]),
      allow(DEPLOYS, [functions]),
      allow(DEPLOYS_TRIGGERS, [`${functions}/triggers/*`]),
      allow(UPLOADS, ['*']),
      allow(
        ['ram:PassRole'],
        ownerRoles(at).map(({ name }) => `acs:ram:*:${at.ownerUid}:role/${name}`),
      ),
    ),
    unproved: ['fc:GetAsyncInvokeConfig', 'fc:PutAsyncInvokeConfig'],
  };
}

/**
 * The rights of whoever runs `bootstrap --remove` and `npm run remove`. They are apart from the deployer's because they are
 * needed once.
 */
export function remover(at: Installation): PersonRights {
  const { roles, policies, topics, queues } = installed(at);
  const functions = functionArn(at.region, at.ownerUid, OURS);
  return {
    name: 'dms-handshake-remover',
    account: 'owner',
    why: 'runs bootstrap --remove and npm run remove',
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
      allow(REMOVES, [functions]),
      allow(REMOVES_TRIGGERS, [`${functions}/triggers/*`]),
    ),
    unproved: ['fc:GetAsyncInvokeConfig'],
  };
}
