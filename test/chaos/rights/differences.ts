import { isAllowed, mayAssume, parseTrust } from '../../../local/cloud/evaluate/index.ts';
import type { Direct } from '../../kit/direct.ts';
import { MODIFYING } from '../../kit/procedure.ts';
import { MINUTE } from '../../kit/time.ts';
import { type DrawnRequest, INSTANCES } from '../requests.ts';
import { unmet } from '../scenario.ts';
import type { Rights } from './model.ts';
import { ACTIONS, caller, type Entrant, furtherActions } from './questions.ts';

const RESOURCES = ['*', 'acs:kvstore:cn-hangzhou:2000000000000002:instance/r-1'] as const;
const MODIFYING_ACTIONS = new Map(Object.values(MODIFYING));

export const roleOf = (access: DrawnRequest['access'], uid: string): string =>
  `${access === 'register' ? 'dms-cross-account-' : 'dms-console-access-'}${uid}`;

/** Where a role differs from what was asked for, found out by evaluating its policies and its trust. */
export function differences(
  { world, owner }: Direct,
  access: DrawnRequest['access'],
  uid: string,
  rights: Rights,
  tried: readonly Entrant[],
): { readonly allowed: number; readonly wrong: readonly string[] } {
  const name = roleOf(access, uid);
  const role = owner.ram.findRole(name);
  if (role === undefined)
    return { allowed: 0, wrong: unmet([!rights.dms && rights.people.length === 0, `${name} is missing`]) };
  const session = caller(owner, name);
  const wrong: string[] = [];
  let allowed = 0;
  for (const [index, action] of [...ACTIONS, ...furtherActions(owner, name)].entries()) {
    for (const resource of resourcesFor(action, index + world.clock.now() / MINUTE)) {
      const can = isAllowed(world, session, { action, resource }).allowed;
      if (can) allowed += 1;
      if (can !== rights.may(action, resource))
        wrong.push(`${name} ${can ? 'may' : 'may not'} ${action} on ${resource}`);
    }
  }
  const trust = parseTrust(role.trust);
  for (const one of tried) {
    const { externalId } = one;
    const question = { world, caller: one.caller, ownerId: owner.uid, roleArn: role.arn, trust, externalId };
    const can = mayAssume(question).allowed;
    if (can !== mayEnter(one, uid, rights))
      wrong.push(`${one.name} of ${one.uid} ${can ? 'can' : 'cannot'} assume ${name}`);
  }
  return { allowed, wrong };
}

/**
 * An action that modifies is tried on instances that are asked for, on one that never is, on one of another account, and
 * on all; any other on one of two resources, another each time: no document says on what.
 */
function resourcesFor(action: string, turn: number): readonly string[] {
  const arn = MODIFYING_ACTIONS.get(action)?.replace('*', 'cn-hangzhou');
  if (arn === undefined) return [RESOURCES[turn % 2] ?? '*'];
  const instances = [...INSTANCES, 'i-9'].map((id) => arn.replace('i-1', id));
  return [...instances, arn.replace('2000000000000002', '2000000000000003'), '*'];
}

function mayEnter({ kind, uid, name }: Entrant, requesterUid: string, { dms, people }: Rights): boolean {
  if (kind === 'nobody' || uid !== requesterUid) return false;
  if (kind === 'verify') return true;
  return kind === 'dms' ? dms : people.includes('account') || people.includes(name);
}
