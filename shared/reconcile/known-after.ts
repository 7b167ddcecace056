import type { Operation } from '../ports.ts';
import { roleArn } from '../runtime/arn.ts';
import type { Millis } from '../runtime/millis.ts';
import type { Desired } from './desired.ts';
import type { Known } from './observe.ts';

/**
 * What need not be read back in this run after these writes. The trust that a role was created with: another writer can
 * only have changed it after us, and looks at it after that. Not a trust that we updated: that may have run over
 * another writer's.
 */
export function knownAfter(
  known: Known,
  done: readonly Operation[],
  { roleName: name, terms, trust, policy }: Desired,
  now: Millis,
): Known {
  const wrote = (...kinds: readonly Operation['operation'][]) =>
    done.some(({ operation }) => kinds.includes(operation));
  if (wrote('delete-role')) return {};
  const created = { name, arn: roleArn(terms.ownerUid, name), trust: JSON.stringify(trust), createdAt: now };
  const role = wrote('create-role') ? created : wrote('update-trust') ? undefined : known.role;
  const written =
    policy?.kind === 'ours' && wrote('create-policy', 'create-policy-version')
      ? { name: policy.name, text: JSON.stringify(policy.document) }
      : known.policy;
  return { role, policy: written };
}
