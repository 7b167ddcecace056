import { MAX_MESSAGE_BYTES } from '../events/size-limit.ts';
import { INSTALLED_BY } from '../shared/alicloud/ram-installer.ts';
import { TRIGGER_ROLE } from '../shared/catalogue/names.ts';
import { ownerRoles } from '../shared/installation/function-permissions.ts';
import { heardTopics, type Installation, type InstalledRole } from '../shared/installation/installation.ts';
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
  const bound = (at.requesterTopics ?? []).filter((topic) => topics?.includes(topic));
  await remember(world, owner, senderRoleName(requester.uid), 'topic', bound);
  createQueue(world, requester, at.replyTopic);
  const inRequester = replyQueueRole(at, requester.uid, at.replyTopic);
  await installRole(world, requester, inRequester);
  await remember(world, requester, inRequester.name, 'queue', [at.replyTopic]);
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
  await tagRole(world, owner, anchor, [[madeKey(`subscription-${name}`), mark]]);
}

/** Says on a role that topics or queues were made with it, as bootstrap does: its `--remove` takes away no others. */
async function remember(
  world: World,
  account: Account,
  anchor: string,
  kind: 'topic' | 'queue',
  names: readonly string[],
): Promise<void> {
  const tags = names.map((name) => [madeKey(`${kind}-${name}`), 'bootstrap'] as const);
  if (tags.length > 0) await tagRole(world, account, anchor, tags);
}

async function tagRole(
  world: World,
  account: Account,
  name: string,
  tags: readonly (readonly [key: string, value: string])[],
): Promise<void> {
  await ramByHand(world, account, 'TagResources', {
    ResourceType: 'role',
    ResourceNames: JSON.stringify([name]),
    Tag: JSON.stringify(tags.map(([Key, Value]) => ({ Key, Value }))),
  });
}

/** Account B's half, without those who may send to it. */
export async function installOwner(world: World, owner: Account, at: Installation): Promise<void> {
  for (const topic of [...heardTopics(at), at.replyTopic])
    createTopic(world, owner, topic, { maximumMessageSize: MAX_MESSAGE_BYTES });
  createQueue(world, owner, at.deadLetters);
  createQueue(world, owner, at.ownerReplies);
  for (const role of ownerRoles(at)) await installRole(world, owner, role);
  const own = [at.requestTopic, at.upkeepTopic, at.ownerTopic, at.replyTopic];
  await remember(world, owner, TRIGGER_ROLE, 'topic', own);
  await remember(world, owner, TRIGGER_ROLE, 'queue', [at.deadLetters, at.ownerReplies]);
  await subscribeReplies(world, owner, at.replyTopic, {
    name: OWNER_SUBSCRIPTION,
    anchor: TRIGGER_ROLE,
    wanted: ownerSubscription(at),
  });
}

/** With the tag of bootstrap, so that it repairs and removes them here as it does in the real cloud. */
export async function installRole(world: World, account: Account, role: InstalledRole): Promise<void> {
  const { name, why, trust, permission } = role;
  const Tag = JSON.stringify([{ Key: INSTALLED_BY.key, Value: INSTALLED_BY.value }]);
  await ramByHand(world, account, 'CreateRole', {
    RoleName: name,
    Description: why,
    AssumeRolePolicyDocument: JSON.stringify(trust),
    Tag,
  });
  await ramByHand(world, account, 'CreatePolicy', {
    PolicyName: name,
    Description: why,
    PolicyDocument: JSON.stringify(permission),
    Tag,
  });
  await ramByHand(world, account, 'AttachPolicyToRole', {
    PolicyName: name,
    PolicyType: 'Custom',
    RoleName: name,
  });
}
