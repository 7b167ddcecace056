import { policyName } from '../catalogue/names.ts';
import type { Operation, RamWriter } from '../ports.ts';
import type { Change } from '../record/change.ts';
import { applyPlan, applyTakingAway, type Written } from './apply.ts';
import type { Desired } from './desired.ts';
import type { Difference } from './difference.ts';
import type { Reading } from './observe.ts';
import type { ProvisionPorts } from './reconciled.ts';
import type { Stages } from './write-order.ts';

/** A plan, the list that it is made of, and what it is for. */
interface Due {
  readonly change: Change;
  readonly desired: Desired;
  readonly stages: Stages;
  readonly differences: readonly Difference[];
}

/** Of the ports of provision, what writes and what remembers that. */
interface CarryOutPorts extends Pick<ProvisionPorts, 'clock' | 'memory'> {
  readonly ram: RamWriter;
}

/**
 * Applies a plan. Where its last writes only take off policies whose place has been filled, the role is read while they are
 * made, which spares a round trip. That reading counts as one that follows the plan: all that gives a right was written
 * before it, what another writer does later is followed by a reading of that writer, and what was taken off meanwhile is
 * not in it. Null where the role is to be read afterwards.
 *
 * @param look reads the role, given what has been written until then
 */
export async function carryOut(
  { stages, differences, change, desired }: Due,
  { clock, ram, memory }: CarryOutPorts,
  look: (done: readonly Operation[]) => Promise<Reading>,
): Promise<{ readonly applied: Written; readonly reading: Reading | null }> {
  const { roleName } = desired;
  const writer = memory.writer(ram, clock);
  if (takesAway(change))
    return { applied: await applyTakingAway(stages, roleName, writer, clock), reading: null };
  const apply = (some: Stages) => applyPlan(some, roleName, writer, clock);
  const last = stages.slice(-1);
  const replaced = last.flat().filter((write) => takesNothing(write, differences));
  if (!holdsAll(desired) || replaced.length < last.flat().length)
    return { applied: await apply(stages), reading: null };
  const before = await apply(stages.slice(0, -1));
  if (before.conflict) return { applied: before, reading: null };
  // Both have ended before a failure is thrown, so that no write goes on unseen.
  const both = [apply(last), look(before.done)] as const;
  await Promise.allSettled(both);
  const [{ done, conflict, lastWriteAt }, reading] = await Promise.all(both);
  const applied = {
    done: [...before.done, ...done],
    conflict,
    lastWriteAt: lastWriteAt ?? before.lastWriteAt,
  };
  return { applied, reading: conflict ? null : without(replaced, reading) };
}

const takesAway = ({ action }: Change): boolean =>
  action === 'revoke' || action === 'expire' || action === 'lapse';

/** Whether the desired policy holds all rights of its engines, and so those of any of ours with no further engine. */
const holdsAll = ({ policy }: Desired): boolean =>
  policy?.kind === 'ours' && policy.name === policyName(policy.ids);

type Detaching = Extract<Operation, { operation: 'detach-policy' }>;

/** Whether a write takes off a policy of ours which grants nothing beyond the engines of the desired one. */
const takesNothing = (write: Operation, differences: readonly Difference[]): write is Detaching =>
  write.operation === 'detach-policy' &&
  differences.some((one) => one.write === write && one.foreign !== true && one.opens.length === 0);

const without = (detached: readonly Detaching[], reading: Reading): Reading => ({
  ...reading,
  attached: reading.attached.filter(
    ({ name, type }) => !detached.some(({ policy }) => policy.name === name && policy.type === type),
  ),
});
