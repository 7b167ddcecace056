import { SENDER_PREFIX, senderRoleName } from '../../shared/installation/requester-permissions.ts';
import type { Askers } from './askers.ts';
import { type DesiredAccount, namesIn, ownerSide } from './desired.ts';
import { type Conflict, type SetUpGround, type Steps, stepsFor } from './steps.ts';

/** What has to be written in account B, and what it must hold. */
export type OwnerSteps = Steps & { readonly desired: DesiredAccount };

/**
 * The steps for account B: for those who are chosen, and for those who are listed and have a sender role already. Whoever
 * has one and is not listed is named: it may publish where it should not. Reads only.
 */
export async function ownerSteps(
  region: string,
  ownerUid: string,
  { listed, chosen }: Askers,
  ground: SetUpGround,
): Promise<OwnerSteps> {
  const at = namesIn(region, ownerUid, listed);
  const senders = await ground.ram.rolesNamed(SENDER_PREFIX);
  const has = (uid: string) => senders.some((name) => name.toLowerCase() === senderRoleName(uid));
  const desired = ownerSide(
    at,
    listed.filter(({ uid }) => has(uid) || chosen.some((one) => one.uid === uid)),
  );
  const { steps, conflicts } = await stepsFor(desired, ground);
  const known = new Set(listed.map(({ uid }) => senderRoleName(uid)));
  const strays = senders.filter((name) => !known.has(name.toLowerCase()));
  return {
    desired,
    steps,
    conflicts: [...conflicts, ...(await Promise.all(strays.map((name) => stray(name, ground))))],
  };
}

async function stray(name: string, { ram }: SetUpGround): Promise<Conflict> {
  const [policy, attached] = await Promise.all([ram.policy(name), ram.attachedPolicies(name)]);
  const topics = topicsIn(policy);
  const may = topics.length === 0 ? attached.map((one) => one.name) : topics;
  return {
    kind: 'role',
    target: name,
    text: `the role ${name} is one too many: no account of that UID is listed, and it may publish to ${may.join(', ') || 'nothing'}`,
    fix: 'list the account in requesters.json, or delete the role and its policy',
    aside: true,
  };
}

const TOPIC = /(?<=:\/topics\/)[A-Za-z0-9-]{1,256}(?=\/messages")/g;

/** Names of the topics that a policy lets somebody publish to; none where it is not there. */
export const topicsIn = (policy: { readonly text: string } | null): readonly string[] => [
  ...new Set([...String(policy?.text).matchAll(TOPIC)].map(([name]) => name)),
];
