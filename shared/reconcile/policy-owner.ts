import type { Operation, RamReader } from '../ports.ts';
import type { Settings } from '../runtime/config.ts';
import type { Desired } from './desired.ts';
import { type Known, policyText, type Reading } from './observe.ts';
import { type Owner, ownerOfPolicy } from './ownership.ts';
import type { ProvisionPorts } from './reconciled.ts';

/** Text of a policy's default version; null where there is no such policy. */
export const textOf = async (
  name: string,
  reading: Reading,
  ram: RamReader,
  known: Known,
): Promise<string | null> =>
  (reading.policy?.name === name ? reading.policy : await policyText(ram, name, known)).text;

/** Whose the policy is that the plan would use or change. Looked at before every use, but for what this run made itself. */
export async function policyOwner(
  operations: readonly Operation[],
  { policy }: Desired,
  known: Known,
  { patienceMs }: Settings,
  { clock, ram }: ProvisionPorts,
): Promise<Owner> {
  const uses = operations.some(
    (one) =>
      one.operation === 'create-policy-version' ||
      (one.operation === 'attach-policy' && one.policy.type === 'Custom'),
  );
  if (!uses || policy?.kind !== 'ours' || known.policy?.name === policy.name) return 'us';
  const [tags, facts] = await Promise.all([ram.policyTags(policy.name), ram.policy(policy.name)]);
  return ownerOfPolicy(tags, facts, policy.document, clock.now(), patienceMs);
}
