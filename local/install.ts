import { MAX_MESSAGE_BYTES } from '../events/size-limit.ts';
import { TRIGGER_ROLE } from '../shared/catalogue/names.ts';
import { ownerRoles } from '../shared/installation/function-permissions.ts';
import { heardTopics, type Installation, type InstalledRole } from '../shared/installation/installation.ts';
import { peopleRights } from '../shared/installation/people.ts';
import {
  madeKey,
  OWNER_SUBSCRIPTION,
  ownerSubscription,
  type ReplySubscription,
  replySubscription,
  replySubscriptionName,
  subscriptionMark,
} from '../shared/installation/reply-subscription.ts';
import { replyQueueRole, senderRole, senderRoleName } from '../shared/installation/requester-permissions.ts';
import { createQueue, createTopic, subscribe } from './cloud/mns/index.ts';
import type { Account, World } from './cloud/world.ts';
import { ramByHand } from './ram-by-hand.ts';

/** Makes in a fresh world what `bootstrap` makes in the real one: roles with exactly their documents, topics, queues. */
export async function install(
  world: World,
  owner: Account,
  requester: Account,
  at: Installation,
  topics?: readonly string[],
): Promise<void> {
  await installOwner(world, owner, at);
  await installRequester(world, owner, requester, at, topics);
}

/** One account A: its sender role in account B, its queue, and the subscription between. `topics`: where it may publish. */
export async function installRequester(
  world: World,
  owner: Account,
  requester: Account,
  at: Installation,
  topics?: readonly string[],
): Promise<void> {
  await installRole(world, owner, senderRole(at, requester.uid, topics));
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

/** Account B's half, without those who may send to it. */
export async function installOwner(world: World, owner: Account, at: Installation): Promise<void> {
  for (const topic of [...heardTopics(at), at.replyTopic])
    createTopic(world, owner, topic, { maximumMessageSize: MAX_MESSAGE_BYTES });
  createQueue(world, owner, at.deadLetters);
  createQueue(world, owner, at.ownerReplies);
  for (const role of ownerRoles(at)) await installRole(world, owner, role);
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

export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** Keys of a new user who may do everything in the account. */
export async function administrator(world: World, account: Account): Promise<Keys> {
  await ramByHand(world, account, 'CreateUser', { UserName: 'administrator' });
  await ramByHand(world, account, 'AttachPolicyToUser', {
    PolicyName: 'AdministratorAccess',
    PolicyType: 'System',
    UserName: 'administrator',
  });
  return keysOf(account, 'administrator');
}

/** Keys of a new user of the owner who speaks for it, with no more than the documents of the approver and the operator. */
export async function approver(world: World, owner: Account, at: Installation): Promise<Keys> {
  const UserName = 'approver';
  await ramByHand(world, owner, 'CreateUser', { UserName });
  for (const { name, permission } of peopleRights(at, owner.uid)) {
    if (!APPROVERS.includes(name)) continue;
    const policy = { PolicyName: name, PolicyDocument: JSON.stringify(permission) };
    await ramByHand(world, owner, 'CreatePolicy', policy);
    await ramByHand(world, owner, 'AttachPolicyToUser', {
      PolicyName: name,
      PolicyType: 'Custom',
      UserName,
    });
  }
  return keysOf(owner, UserName);
}

const APPROVERS: readonly string[] = ['dms-handshake-approver', 'dms-handshake-operator'];

function keysOf(account: Account, name: string): Keys {
  const user = account.ram.findUser(name);
  if (user === undefined) throw new Error(`the user ${name} was not made`);
  const { id, secret } = account.ram.addAccessKey(user);
  return { accessKeyId: id, accessKeySecret: secret };
}

/** New keys of the account itself. */
export function rootKeys(account: Account): Keys {
  const { id, secret } = account.ram.addRootKey();
  return { accessKeyId: id, accessKeySecret: secret };
}
