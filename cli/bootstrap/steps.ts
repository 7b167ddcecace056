import type { mnsAdmin } from '../../shared/alicloud/mns-admin.ts';
import type { MnsOpen } from '../../shared/alicloud/mns-open.ts';
import { INSTALLED_BY, type RamInstaller } from '../../shared/alicloud/ram-installer.ts';
import type { Document } from '../../shared/catalogue/document.ts';
import type { InstalledRole } from '../../shared/installation/installation.ts';
import { madeKey } from '../../shared/installation/reply-subscription.ts';
import type { RamReader } from '../../shared/ports.ts';
import { permissionDifferences, saysTheSame } from '../../shared/reconcile/diff.ts';
import type { DesiredAccount, Owned } from './desired.ts';
import { subscriptionSteps } from './subscription-steps.ts';

/** One write, with what it is called and why. */
export interface Step {
  readonly operation: string;
  readonly target: string;
  readonly reason: string;
  run(): Promise<unknown>;
}

/** Something that stands in the way or is left alone, and why, in words for people. */
export interface Conflict {
  readonly kind: 'role' | 'subscription';
  readonly target: string;
  readonly text: string;
  readonly fix: string;
  /** It is named, and nothing else waits for it. */
  readonly aside?: true;
}

export interface Steps {
  readonly steps: readonly Step[];
  readonly conflicts: readonly Conflict[];
}

/** One account: its RAM and its topics and queues. */
export interface Ground {
  readonly ram: RamReader & RamInstaller;
  readonly mns: ReturnType<typeof mnsAdmin>;
  readonly subscriptions: MnsOpen;
}

/** What is asked of an account to set it up: nothing that deletes a role, a policy, a topic or a queue. */
export interface SetUpGround {
  readonly ram: Omit<Ground['ram'], 'roles' | 'detach' | 'deletePolicy' | 'deleteRole'>;
  readonly mns: Omit<Ground['mns'], 'deleteTopic' | 'deleteQueue'>;
  readonly subscriptions: Pick<MnsOpen, 'subscription' | 'subscribe' | 'unsubscribe'>;
}

/** What has to be written in an account so that it holds what it must. Reads only. */
export async function stepsFor(desired: DesiredAccount, ground: SetUpGround): Promise<Steps> {
  const { roles, topics, queues, subscriptions } = desired;
  const ofRoles = await Promise.all(roles.map((role) => roleSteps(role, ground)));
  const ours = new Set(ofRoles.filter((one) => one.ours).map(({ name }) => name));
  const { mns } = ground;
  const remember: Remember = async (what, anchor, value = 'bootstrap') => {
    if (ours.has(anchor)) await ground.ram.tagRole(anchor, new Map([[madeKey(what), value]]));
  };
  const rest = await Promise.all([
    ...topics.map((one) => ownedSteps('topic', one, mns.hasTopic, mns.createTopic, remember)),
    ...queues.map((one) => ownedSteps('queue', one, mns.hasQueue, mns.createQueue, remember)),
    ...subscriptions.map((one) => subscriptionSteps(one, ground, remember)),
  ]);
  const all = [...ofRoles, ...rest];
  return {
    steps: all.flatMap(({ steps }) => steps),
    conflicts: all.flatMap(({ conflicts }) => conflicts),
  };
}

/** Topics, queues and subscriptions carry no tags: that we made them is written on a role of ours. After the fact. */
export type Remember = (what: string, anchor: string, value?: string) => Promise<void>;

/** `ours`: the role is ours, or will be once the steps have run. */
async function roleSteps(
  role: InstalledRole,
  { ram }: SetUpGround,
): Promise<Steps & { readonly name: string; readonly ours: boolean }> {
  const { name, why, trust, permission } = role;
  const [found, tags, attached, policy, policyTags] = await Promise.all([
    ram.role(name),
    ram.roleTags(name),
    ram.attachedPolicies(name),
    ram.policy(name),
    ram.policyTags(name),
  ]);
  const steps: Step[] = [];
  const conflicts: Conflict[] = [];
  const foreign = (kind: string) =>
    conflicts.push({
      kind: 'role',
      target: name,
      text: `the ${kind} ${name} is not what it must be, and bootstrap did not make it`,
      fix: `rename or delete it, or hand it over with the tag ${INSTALLED_BY.key}=${INSTALLED_BY.value}`,
    });
  const add = (operation: string, reason: string, run: Step['run']) =>
    steps.push({ operation, target: name, reason, run });
  if (found === null) add('create-role', why, () => ram.createRole(name, why, trust));
  else if (!saysTheSame(found.trust, trust)) {
    if (isOurs(tags))
      add('update-trust', trustReason(found.trust, trust), () => ram.updateTrust(name, trust));
    else foreign('role');
  }
  if (policy === null)
    add('create-policy', `of the role ${name}`, () => ram.createPolicy(name, why, permission));
  else if (!saysTheSame(policy.text, permission)) {
    if (isOurs(policyTags))
      add('create-policy-version', rightsReason(policy.text, permission), () =>
        ram.updatePolicy(name, permission),
      );
    else foreign('policy');
  }
  if (!attached.some((one) => one.type === 'Custom' && one.name === name))
    add('attach-policy', `to the role ${name}`, () => ram.attach(name));
  const others = attached.filter((one) => one.type !== 'Custom' || one.name !== name);
  if (others.length > 0)
    conflicts.push({
      kind: 'role',
      target: name,
      text: `the role ${name} has policies that bootstrap did not give it: ${others.map((one) => one.name).join(', ')}`,
      fix: 'detach them, and find out in ActionTrail who attached them',
      aside: true,
    });
  return { steps, conflicts, name, ours: found === null || isOurs(tags) };
}

/** Names what a policy allows that it should not, or the other way round. */
function rightsReason(found: string, wanted: Document): string {
  const differences = permissionDifferences(found, wanted);
  const named = differences.slice(0, NAMED).join('; ');
  const more = differences.length > NAMED ? `; and ${differences.length - NAMED} more` : '';
  return `the rights are others: ${named}${more}`;
}

/** So many differences are told in one line. */
const NAMED = 5;

/** Names whom a trust policy lets in that it should not: that is what somebody has to know of it. */
function trustReason(found: string, wanted: object): string {
  const right = new Set(principalsIn(JSON.stringify(wanted)));
  const more = principalsIn(found).filter((one) => !right.has(one));
  return more.length === 0
    ? 'the trust policy is another'
    : `the trust policy is another: it lets in ${more.slice(0, NAMED).join(', ')}`;
}

const principalsIn = (trust: string): readonly string[] => [
  ...new Set(
    [...trust.matchAll(/acs:ram::[^"]{1,100}|[\w.@-]{1,100}\.aliyuncs\.com|(?<=")\*(?=")/g)].map(
      ([one]) => one,
    ),
  ),
];

async function ownedSteps(
  kind: 'topic' | 'queue',
  { name, anchor }: Owned,
  exists: (name: string) => Promise<boolean>,
  create: (name: string) => Promise<void>,
  remember: Remember,
): Promise<Steps> {
  if (await exists(name)) return { steps: [], conflicts: [] };
  const run = async () => {
    await create(name);
    await remember(`${kind}-${name}`, anchor);
  };
  return {
    steps: [{ operation: `create-${kind}`, target: name, reason: 'it does not exist', run }],
    conflicts: [],
  };
}

export const isOurs = (tags: ReadonlyMap<string, string>): boolean =>
  tags.get(INSTALLED_BY.key) === INSTALLED_BY.value;
