import type { Problem } from '../../events/problem.ts';
import { isOurs, isPolicyName } from '../catalogue/names.ts';
import type { ListedPolicy } from '../ports.ts';
import { RETENTION_MS } from '../record/retention.ts';
import { wrongAccount } from '../requests/refusals.ts';
import type { Settings } from '../runtime/config.ts';
import type { Millis } from '../runtime/millis.ts';
import { applyPlan } from './apply.ts';
import type { ProvisionPorts } from './reconciled.ts';

/** Whether a policy is ours and no role has used it for a day. */
export const isOrphan = ({ name, attachments, updatedAt, tags }: ListedPolicy, now: Millis): boolean =>
  isPolicyName(name) && isOurs(tags) && attachments === 0 && now - updatedAt > RETENTION_MS;

/**
 * Deletes a policy if it is an orphan now, whatever was found before. With one writer nothing can be about to attach it;
 * with several, an attach that comes too late meets a conflict, and its writer makes the policy again. `writes`: null
 * where it is no orphan.
 */
export async function removeOrphan(
  name: string,
  { ownerUid }: Settings,
  { clock, identity, ram }: ProvisionPorts,
): Promise<{ readonly refusal: Problem | null; readonly writes: number | null }> {
  if (!isPolicyName(name)) return { refusal: null, writes: null };
  const [account, policy, tags] = await Promise.all([
    identity.accountId(),
    ram.policy(name),
    ram.policyTags(name),
  ]);
  if (account !== ownerUid) return { refusal: wrongAccount(account, ownerUid), writes: null };
  if (policy === null || !isOrphan({ ...policy, tags }, clock.now())) return { refusal: null, writes: null };
  const reason = 'no role has used it for a day';
  const { done } = await applyPlan([[{ operation: 'delete-policy', target: name, reason }]], '', ram, clock);
  return { refusal: null, writes: done.length };
}
