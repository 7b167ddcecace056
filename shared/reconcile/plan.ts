import type { Operation } from '../ports.ts';
import type { GrantId } from '../record/record.ts';
import { detaching } from './diff.ts';
import type { Difference } from './difference.ts';
import type { Observed } from './observe.ts';

/** Writes in order: the operations of a stage are independent of each other, and a stage begins when the last has ended. */
export type Stages = readonly (readonly Operation[])[];

/**
 * The writes that end these differences, in the order in which every moment in between is safe: the record is written
 * before any right is given, the trust is narrowed before anything is attached, the new policy is attached before the
 * old one goes (what was and stays granted never flickers), and a closing role loses its policies before its trust.
 * Empty when nothing is to be done. Pure: the same list gives the same plan.
 */
export function plan(differences: readonly Difference[], closing: boolean): Stages {
  // Several differences of one document are ended by one write.
  const writes = [...new Set(differences.flatMap(({ write }) => write ?? []))];
  const those = (...kinds: readonly Operation['operation'][]) =>
    kinds.flatMap((kind) => writes.filter(({ operation }) => operation === kind));
  const trust = those('update-trust');
  return inOrder([
    those('untag-role'),
    those('create-role', 'tag-role', 'create-policy', 'create-policy-version'),
    closing ? [] : trust,
    those('attach-policy'),
    byName(those('detach-policy')),
    closing ? trust : [],
  ]);
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

/** The writes that take a closed role out of the world. */
export function planRemoval(
  { role, attached }: Pick<Observed, 'attached'> & { readonly role: object | null },
  roleName: string,
): Stages {
  if (role === null) return [];
  const reason = 'closed for longer than a late message can take';
  return inOrder([
    byName(attached.map((policy) => detaching(policy, roleName))),
    [{ operation: 'delete-role', target: roleName, reason }],
  ]);
}

const inOrder = (stages: Stages): Stages => stages.filter((stage) => stage.length > 0);

const byName = (operations: readonly Operation[]): readonly Operation[] =>
  operations.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const keyOf = (operation: Operation): string =>
  'policy' in operation ? `${operation.policy.name} ${operation.policy.type}` : operation.target;
