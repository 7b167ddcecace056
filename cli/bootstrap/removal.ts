import { TRIGGER_ROLE } from '../../shared/catalogue/names.ts';
import { ownerRoles } from '../../shared/installation/function-permissions.ts';
import type { Installation } from '../../shared/installation/installation.ts';
import {
  madeKey,
  OWNER_SUBSCRIPTION,
  replySubscriptionName,
} from '../../shared/installation/reply-subscription.ts';
import { REPLY_QUEUE_ROLE, SENDER_PREFIX } from '../../shared/installation/requester-permissions.ts';
import type { Side } from '../site.ts';
import { topicsIn } from './owner-steps.ts';
import { type Conflict, type Ground, isOurs, type Step, type Steps } from './steps.ts';

/** What goes first. */
const ORDER = ['subscription', 'topic', 'queue'] as const;

const AGAIN = 'detach what is not ours, then run bootstrap --remove again';

/**
 * What has to be written so that nothing is left of what bootstrap made: what has a name of the installation and is
 * remembered by a tag. A tag alone is not enough, because whoever may tag could have anything removed. What others made,
 * or attached to a role of ours, is left alone and named.
 */
export async function removalSteps(at: Installation, side: Side, ground: Ground): Promise<Steps> {
  const tagged = await ground.ram.roles();
  const names = tagged.filter((name) => isName(name, at, side));
  const tags = new Map(
    await Promise.all(names.map(async (name) => [name, await ground.ram.roleTags(name)] as const)),
  );
  const found = await thingsOf(names, at, side, ground);
  const remembered = found.filter(({ kind, name, by }) =>
    by.some((role) => tags.get(role)?.has(madeKey(`${kind}-${name}`))),
  );
  const once = new Map(remembered.map((one) => [`${one.kind} ${one.name}`, one]));
  const things = ORDER.flatMap((kind) => [...once.values()].filter((one) => one.kind === kind));
  const roles = await Promise.all(names.map((name) => roleRemoval(name, ground)));
  return {
    steps: [
      ...things.map(({ kind, name }) => removalStep(kind, name, at.replyTopic, ground)),
      ...roles.flatMap(({ steps }) => steps),
    ],
    conflicts: [
      ...roles.flatMap(({ conflicts }) => conflicts),
      ...tagged.filter((name) => !names.includes(name)).map(misnamed),
    ],
  };
}

const SENDER = new RegExp(`^${SENDER_PREFIX}[1-9][0-9]{0,15}$`, 'i');

/** Whether bootstrap gives a role this name in the account of that side. */
function isName(name: string, at: Installation, side: Side): boolean {
  const lower = name.toLowerCase();
  if (side === 'requester') return lower === REPLY_QUEUE_ROLE;
  return SENDER.test(name) || ownerRoles(at).some((role) => role.name === lower);
}

const misnamed = (name: string): Conflict => ({
  kind: 'role',
  target: name,
  text: `the role ${name} has the tag of bootstrap and a name that bootstrap does not give here, and was left`,
  fix: 'take the tag off, and find out in ActionTrail who put it there',
});

/** Something with a name of the installation, and the roles whose tags may say that we made it. */
interface Thing {
  readonly kind: (typeof ORDER)[number];
  readonly name: string;
  readonly by: readonly string[];
}

async function thingsOf(
  roles: readonly string[],
  at: Installation,
  side: Side,
  { ram }: Ground,
): Promise<readonly Thing[]> {
  if (side === 'requester') return [{ kind: 'queue', name: at.replyTopic, by: roles }];
  const own = (kind: Thing['kind'], names: readonly string[]): readonly Thing[] =>
    names.map((name) => ({ kind, name, by: [TRIGGER_ROLE] }));
  const senders = roles.filter((name) => SENDER.test(name));
  const theirs = await Promise.all(
    senders.map(async (role): Promise<readonly Thing[]> => {
      // Older versions wrote all topics on one role.
      const by = [role, TRIGGER_ROLE];
      const topics = topicsIn(await ram.policy(role));
      const subscription = replySubscriptionName(role.slice(SENDER_PREFIX.length));
      return [
        { kind: 'subscription', name: subscription, by: [role] },
        ...topics.map((name) => ({ kind: 'topic' as const, name, by })),
      ];
    }),
  );
  return [
    ...own('subscription', [OWNER_SUBSCRIPTION]),
    ...own('topic', [at.requestTopic, at.upkeepTopic, at.ownerTopic, at.replyTopic]),
    ...own('queue', [at.deadLetters, at.ownerReplies]),
    ...theirs.flat(),
  ];
}

function removalStep(
  kind: Thing['kind'],
  name: string,
  replyTopic: string,
  { mns, subscriptions }: Ground,
): Step {
  const reason = 'bootstrap made it';
  if (kind === 'subscription')
    return {
      operation: 'unsubscribe',
      target: name,
      reason,
      run: () => subscriptions.unsubscribe(replyTopic, name),
    };
  if (kind === 'topic')
    return { operation: 'delete-topic', target: name, reason, run: () => mns.deleteTopic(name) };
  return { operation: 'delete-queue', target: name, reason, run: () => mns.deleteQueue(name) };
}

async function roleRemoval(name: string, { ram }: Ground): Promise<Steps> {
  const [attached, policy, policyTags] = await Promise.all([
    ram.attachedPolicies(name),
    ram.policy(name),
    ram.policyTags(name),
  ]);
  const reason = 'bootstrap made it';
  const steps: Step[] = [];
  const conflicts: Conflict[] = [];
  const own = attached.some((one) => one.type === 'Custom' && one.name === name);
  const others = attached.filter((one) => one.type !== 'Custom' || one.name !== name);
  if (own) steps.push({ operation: 'detach-policy', target: name, reason, run: () => ram.detach(name) });
  if (policy !== null && isOurs(policyTags)) {
    if (policy.attachments > (own ? 1 : 0))
      conflicts.push({
        kind: 'role',
        target: name,
        text: `the policy ${name} is attached elsewhere too, and was left`,
        fix: AGAIN,
      });
    else steps.push({ operation: 'delete-policy', target: name, reason, run: () => ram.deletePolicy(name) });
  }
  if (others.length > 0)
    conflicts.push({
      kind: 'role',
      target: name,
      text: `the role ${name} has policies of others (${others.map((one) => one.name).join(', ')}), and was left`,
      fix: AGAIN,
    });
  // Last: its tags remember the rest, so that a removal that was cut off can be taken up again.
  else steps.push({ operation: 'delete-role', target: name, reason, run: () => ram.deleteRole(name) });
  return { steps, conflicts };
}
