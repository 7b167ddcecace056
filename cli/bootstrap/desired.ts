import { TRIGGER_ROLE } from '../../shared/catalogue/names.ts';
import { ownerRoles } from '../../shared/installation/function-permissions.ts';
import {
  type Installation,
  type InstalledRole,
  standardNames,
} from '../../shared/installation/installation.ts';
import {
  OWNER_SUBSCRIPTION,
  ownerSubscription,
  type ReplySubscription,
  replySubscription,
  replySubscriptionName,
} from '../../shared/installation/reply-subscription.ts';
import {
  replyQueueRole,
  senderRole,
  senderRoleName,
} from '../../shared/installation/requester-permissions.ts';
import { TOPICS } from '../../shared/runtime/topics.ts';

/** A requester as far as the installation is about it. `topics`: those that it is bound to; empty: the common one. */
export interface InstalledRequester {
  readonly uid: string;
  readonly topics: readonly string[];
}

/** What one account must hold. Topics, queues and subscriptions name the role whose tags remember that we made them. */
export interface DesiredAccount {
  readonly roles: readonly InstalledRole[];
  readonly topics: readonly Owned[];
  readonly queues: readonly Owned[];
  readonly subscriptions: readonly (Owned & { readonly topic: string; readonly wanted: ReplySubscription })[];
}

export interface Owned {
  readonly name: string;
  /** Name of a role among `roles`. */
  readonly anchor: string;
}

/** Names as `s.yaml` has them. */
export const namesIn = (
  region: string,
  ownerUid: string,
  askers: readonly InstalledRequester[],
): Installation => ({
  ...standardNames(region, ownerUid),
  requesterTopics: [...new Set(askers.flatMap(({ topics }) => topics))].filter(
    (topic) => topic !== TOPICS.requests,
  ),
});

/** Account B: the functions' roles, topics and dead letters, and for every requester its sender role and its replies. */
export function ownerSide(at: Installation, askers: readonly InstalledRequester[]): DesiredAccount {
  const senders = askers.map(({ uid, topics }) => ({
    uid,
    role: senderRole(at, uid, topics.length === 0 ? undefined : topics),
  }));
  const trigger = TRIGGER_ROLE;
  const own = [at.requestTopic, at.upkeepTopic, at.ownerTopic, at.replyTopic];
  const topics = new Map<string, string>(own.map((name) => [name, trigger]));
  // Each role remembers what is its own: RAM keeps 20 tags of a role, however many requesters there are.
  for (const { uid, topics: bound } of askers)
    for (const name of bound) if (!topics.has(name)) topics.set(name, senderRoleName(uid));
  return {
    roles: [...ownerRoles(at), ...senders.map(({ role }) => role)],
    topics: [...topics].map(([name, anchor]) => ({ name, anchor })),
    queues: [at.deadLetters, at.ownerReplies].map((name) => ({ name, anchor: trigger })),
    subscriptions: [
      { name: OWNER_SUBSCRIPTION, anchor: trigger, topic: at.replyTopic, wanted: ownerSubscription(at) },
      ...senders.map(({ uid, role }) => ({
        name: replySubscriptionName(uid),
        anchor: role.name,
        topic: at.replyTopic,
        wanted: replySubscription(at, uid),
      })),
    ],
  };
}

/** Account A: the queue that replies arrive in, and the role that lets them in. */
export function requesterSide(at: Installation, requesterUid: string): DesiredAccount {
  const role = replyQueueRole(at, requesterUid, at.replyTopic);
  return {
    roles: [role],
    topics: [],
    queues: [{ name: at.replyTopic, anchor: role.name }],
    subscriptions: [],
  };
}
