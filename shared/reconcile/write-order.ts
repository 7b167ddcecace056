import type { Operation } from '../ports.ts';

/** Writes in order: the operations of a stage are independent of each other, and a stage begins when the last has ended. */
export type Stages = readonly (readonly Operation[])[];

/**
 * Puts writes about one role into the order in which every moment in between is safe:
 *
 * 1. Tags that make room go first, because the record may need their place.
 * 2. The record is written before any right is given, together with the role and the policy that it needs.
 * 3. The trust is narrowed before anything is attached.
 * 4. The new policy is attached before the old one goes, so that what was and stays granted never flickers.
 * 5. A role that closes loses its policies before its trust, and is deleted last.
 */
export function inSafeOrder(writes: readonly Operation[], closing: boolean): Stages {
  const those = (...kinds: readonly Operation['operation'][]) =>
    kinds.flatMap((kind) => writes.filter(({ operation }) => operation === kind));
  const trust = those('update-trust');
  const stages = [
    those('untag-role'),
    those('create-role', 'tag-role', 'create-policy', 'create-policy-version'),
    closing ? [] : trust,
    those('attach-policy'),
    byName(those('detach-policy')),
    closing ? trust : [],
    those('delete-role'),
  ];
  return stages.filter((stage) => stage.length > 0);
}

const byName = (operations: readonly Operation[]): readonly Operation[] =>
  operations.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const keyOf = (operation: Operation): string =>
  'policy' in operation ? `${operation.policy.name} ${operation.policy.type}` : operation.target;
