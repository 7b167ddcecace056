import { isOurs, POLICY_PREFIX } from '../catalogue/names.ts';
import type { ListedPolicy } from '../ports.ts';
import { RETENTION_MS } from '../record/retention.ts';
import type { Millis } from '../runtime/millis.ts';
import type { SweepPorts } from './sweep-role.ts';

/** Asks for the end of policies of ours that no role has used for a day. */
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

/** Provision looks again before it deletes: between this listing and then a role may have come to use it. */
const isOrphan = ({ name, attachments, updatedAt, tags }: ListedPolicy, now: Millis): boolean =>
  name.startsWith(POLICY_PREFIX) && isOurs(tags) && attachments === 0 && now - updatedAt > RETENTION_MS;
