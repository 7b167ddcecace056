import { isOurs } from '../catalogue/names.ts';
import { HandshakeError } from '../runtime/errors.ts';
import { log } from '../runtime/log.ts';
import type { ProvisionPorts } from './reconciled.ts';

/**
 * Deletes policies that this role left behind, if nobody uses them and they are ours. The role is what its record says by
 * then, so this counts as no change of it, and a policy that cannot be deleted is left for the next run and fails nothing.
 */
export async function removeLeft(
  roleName: string,
  patienceMs: number,
  { clock, ram, memory }: Pick<ProvisionPorts, 'clock' | 'ram' | 'memory'>,
): Promise<void> {
  const { left } = memory;
  const due = left.due(roleName);
  const remove = async (one: (typeof due)[number]): Promise<void> => {
    const { name } = one;
    try {
      const [policy, tags] = await Promise.all([ram.policy(name), ram.policyTags(name)]);
      if (policy === null || policy.attachments > 0 || !isOurs(tags)) {
        left.putOff(roleName, one, clock.now(), patienceMs);
        return;
      }
      const reason = 'the role has left it, and no other uses it';
      const operation = { operation: 'delete-policy', target: name, reason } as const;
      await memory.writer(ram, clock).apply(roleName, operation);
    } catch (error) {
      if (!(error instanceof HandshakeError)) throw error;
      log({ event: 'policy-left', problem: error.code, detail: `${name}: ${error.message}` });
    }
  };
  await Promise.all(due.map(remove));
}
