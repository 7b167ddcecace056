import { isOrphan } from '../reconcile/orphan-policies.ts';
import type { SweepPorts } from './sweep-role.ts';

/**
 * Asks for the end of policies of ours that no role uses any more. Provision looks again before it deletes: between this
 * listing and then a role may have come to use it.
 */
export async function sweepPolicies({
  clock,
  lister,
  upkeep,
}: SweepPorts): Promise<{ seen: number; asked: number }> {
  let seen = 0;
  let asked = 0;
  for await (const policy of lister.policies()) {
    seen += 1;
    if (!isOrphan(policy, clock.now())) continue;
    await upkeep.ask({ policy: policy.name });
    asked += 1;
  }
  return { seen, asked };
}
