import { TRIGGER_ROLE } from '../shared/catalogue/names.ts';
import {
  madeKey,
  OWNER_SUBSCRIPTION,
  ownerSubscription,
  type ReplySubscription,
  replySubscription,
  replySubscriptionName,
  subscriptionMark,
} from '../shared/installation/reply-subscription.ts';
import {
  heardTopics,
  type Installation,
  type InstalledRole,
  ownerRoles,
  replyQueueRole,
  senderRole,
  senderRoleName,
} from '../shared/installation/roles.ts';
import { createQueue, createTopic, subscribe } from './cloud/mns/index.ts';
import type { Account, World } from './cloud/world.ts';
import { ramByHand } from './ram-by-hand.ts';

/** Makes in a fresh world what `bootstrap` makes in the real one: roles with exactly their documents, topics, queues. */
export async function install(
  world: World,
  owner: Account,
  requester: Account,
  at: Installation,
): Promise<void> {
  await installOwner(world, owner, requester.uid, at);
  createQueue(world, requester, at.replyTopic);
  const inRequester = replyQueueRole(at, requester.uid, at.replyTopic);
  await installRole(world, requester, inRequester);
  await subscribeReplies(world, owner, at.replyTopic, {
    name: replySubscriptionName(requester.uid),
    anchor: senderRoleName(requester.uid),
    wanted: replySubscription(at, requester.uid),
  });
}

/** As bootstrap makes and remembers it, so that bootstrap finds it as it must be. `anchor`: the role that remembers. */
async function subscribeReplies(
  world: World,
  owner: Account,
  topic: string,
  {
    name,
    anchor,
    wanted,
  }: { readonly name: string; readonly anchor: string; readonly wanted: ReplySubscription },
): Promise<void> {
  const { createdAt } = subscribe(world, owner, topic, name, {
    endpoint: wanted.endpoint,
    notifyContentFormat: wanted.contentFormat,
    notifyStrategy: wanted.strategy,
    ...(wanted.roleArn === null ? {} : { stsRoleArn: wanted.roleArn }),
    ...(wanted.filterTag === null ? {} : { filterTag: wanted.filterTag }),
  });
  const mark = subscriptionMark(wanted, String(Math.floor(createdAt / 1000)));
  await ramByHand(world, owner, 'TagResources', {
    ResourceType: 'role',
    ResourceNames: JSON.stringify([anchor]),
    Tag: JSON.stringify([{ Key: madeKey(`subscription-${name}`), Value: mark }]),
  });
}

/** Account B's half. */
export async function installOwner(
  world: World,
  owner: Account,
  requesterUid: string,
  at: Installation,
): Promise<void> {
  for (const topic of [...heardTopics(at), at.replyTopic]) createTopic(world, owner, topic);
  createQueue(world, owner, at.deadLetters);
  createQueue(world, owner, at.ownerReplies);
  for (const role of [...ownerRoles(at), senderRole(at, requesterUid)]) await installRole(world, owner, role);
  await subscribeReplies(world, owner, at.replyTopic, {
    name: OWNER_SUBSCRIPTION,
    anchor: TRIGGER_ROLE,
    wanted: ownerSubscription(at),
  });
}

export async function installRole(world: World, account: Account, role: InstalledRole): Promise<void> {
  const { name, why, trust, permission } = role;
  await ramByHand(world, account, 'CreateRole', {
    RoleName: name,
    Description: why,
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  await ramByHand(world, account, 'CreatePolicy', {
    PolicyName: name,
    Description: why,
    PolicyDocument: JSON.stringify(permission),
  });
  await ramByHand(world, account, 'AttachPolicyToRole', {
    PolicyName: name,
    PolicyType: 'Custom',
    RoleName: name,
  });
}

/** Keys of a new user who may do everything in the account. */
export async function administrator(
  world: World,
  account: Account,
): Promise<{ accessKeyId: string; accessKeySecret: string }> {
  await ramByHand(world, account, 'CreateUser', { UserName: 'administrator' });
  await ramByHand(world, account, 'AttachPolicyToUser', {
    PolicyName: 'AdministratorAccess',
    PolicyType: 'System',
    UserName: 'administrator',
  });
  const user = account.ram.findUser('administrator');
  if (user === undefined) throw new Error('the administrator was not made');
  const { id, secret } = account.ram.addAccessKey(user);
  return { accessKeyId: id, accessKeySecret: secret };
}
