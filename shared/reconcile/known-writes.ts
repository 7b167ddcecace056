import type { Operation } from '../ports.ts';
import { roleArn } from '../runtime/arn.ts';
import type { Millis } from '../runtime/millis.ts';
import type { Desired } from './desired.ts';
import type { Known } from './observe.ts';

/**
 * What need not be read back after these writes. The trust that a role was created with: another writer can only have
 * changed it after us, and looks at it after that. Not a trust that we updated: that may have run over another writer's.
 */
export function learn(known: Known, done: readonly Operation[], desired: Desired, now: Millis): Known {
  const wrote = (...kinds: Operation['operation'][]) =>
    done.some(({ operation }) => kinds.includes(operation));
  if (wrote('delete-role')) return {};
  const { roleName: name, terms, trust, policy } = desired;
  const learned: { role?: Known['role']; policy?: Known['policy'] } = {};
  if (wrote('create-role'))
    learned.role = { name, arn: roleArn(terms.ownerUid, name), trust: JSON.stringify(trust), createdAt: now };
  else if (!wrote('update-trust')) learned.role = known.role;
  if (policy?.kind === 'ours' && wrote('create-policy', 'create-policy-version'))
    learned.policy = { name: policy.name, text: JSON.stringify(policy.document) };
  else learned.policy = known.policy;
  return {
    ...(learned.role === undefined ? {} : { role: learned.role }),
    ...(learned.policy === undefined ? {} : { policy: learned.policy }),
  };
}
