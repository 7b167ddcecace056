import type { Operation } from '../ports.ts';
import type { GrantId } from '../record/record.ts';
import { type Difference, detaching } from './difference.ts';
import type { Observed } from './observe.ts';
import { inSafeOrder, type Stages } from './write-order.ts';

/**
 * The writes that end these differences, in their safe order. Empty when nothing is to be done. Pure: the same list gives
 * the same plan.
 */
export function plan(differences: readonly Difference[], closing: boolean): Stages {
  // Several differences of one document are ended by one write.
  const writes = new Set(differences.map(({ write }) => write));
  return inSafeOrder(
    [...writes].filter((write) => write !== null),
    closing,
  );
}

/**
 * The part of a list that takes away what has run out, and what has to come in its place. Drift of other kinds is left
 * as it was found. `ended`: everything that ever ran out, not only what runs out now, since a writer that died half way
 * is followed by one that sees the same work.
 */
export function narrowing(
  differences: readonly Difference[],
  ended: readonly GrantId[],
): readonly Difference[] {
  if (ended.length === 0) return [];
  const shuts = ({ opens }: Difference) => opens === 'everything' || opens.some((id) => ended.includes(id));
  const kindOf = ({ write }: Difference) => write?.operation;
  const replaced = differences.some((one) => kindOf(one) === 'detach-policy' && shuts(one));
  return differences.filter((one) => {
    switch (kindOf(one)) {
      case 'tag-role':
      case 'untag-role':
        return true;
      case 'update-trust':
        // It is written whole, and so ends all differences of the trust.
        return differences.some((other) => other.write === one.write && shuts(other));
      case 'detach-policy':
        return shuts(one);
      case 'create-policy':
      case 'create-policy-version':
      case 'attach-policy':
        return replaced;
      default:
        return false;
    }
  });
}

/** The writes that delete a closed role. */
export function planRemoval(
  { role, attached }: Pick<Observed, 'attached'> & { readonly role: object | null },
  roleName: string,
): Stages {
  if (role === null) return [];
  const reason = 'closed for longer than a late message can take';
  const remove: Operation = { operation: 'delete-role', target: roleName, reason };
  return inSafeOrder([...attached.map((policy) => detaching(policy, roleName)), remove], true);
}
