import { madeKey } from '../../shared/installation/reply-subscription.ts';
import { type Conflict, type Ground, isOurs, type Step, type Steps } from './steps.ts';

/** Kinds of things that are remembered on roles, in the order in which they go. */
const KINDS = ['subscription', 'topic', 'queue'] as const;

const AGAIN = 'detach what is not ours, then run bootstrap --remove again';

/**
 * What has to be written so that nothing is left of what bootstrap made: found by its tags, whatever the names are now.
 * What others made, or attached to a role of ours, is left alone and named.
 */
export async function removalSteps(replyTopic: string, ground: Ground): Promise<Steps> {
  const names = await ground.ram.roles();
  const tags = await Promise.all(names.map((name) => ground.ram.roleTags(name)));
  const made = KINDS.flatMap((kind) =>
    tags
      .flatMap((all) => [...all.keys()].filter((key) => key.startsWith(madeKey(`${kind}-`))))
      .map((key) => ({
        kind,
        name: key.slice(madeKey(`${kind}-`).length),
      })),
  );
  const owned = made.map(({ kind, name }) => ownedStep(kind, name, replyTopic, ground));
  const roles = await Promise.all(names.map((name) => roleRemoval(name, ground)));
  return {
    steps: [...owned, ...roles.flatMap(({ steps }) => steps)],
    conflicts: roles.flatMap(({ conflicts }) => conflicts),
  };
}

function ownedStep(
  kind: (typeof KINDS)[number],
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
