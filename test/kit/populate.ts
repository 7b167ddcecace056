import type { Account, World } from '../../local/cloud/world.ts';
import { ramByHand } from '../../local/ram-by-hand.ts';
import { POLICY_ENGINES } from '../../shared/catalogue/engine.ts';
import type { RoleId } from '../../shared/catalogue/names.ts';
import { desiredRole } from '../../shared/reconcile/desired.ts';
import { applyChange } from '../../shared/record/apply-change.ts';
import { EMPTY_RECORD } from '../../shared/record/record.ts';
import { millis } from '../../shared/runtime/millis.ts';
import { formatInventory, INVENTORY_TAGS, inventoryOf } from '../../shared/sweep/inventory-table.ts';
import { formatVerdict, VERDICT_TAG, verdictOf } from '../../shared/verification/verdict.ts';
import { DAY } from './time.ts';

/** UID of the n-th requester of a full account. */
export const uidOf = (n: number): string => String(1_000_000_000_000_000 + n);

/** The n-th set of engines, of sixteen. */
export const setOf = (n: number) => {
  const [first = 'redis', second = 'gdb'] = [POLICY_ENGINES[n % 9], POLICY_ENGINES[(n + 1 + (n % 2)) % 9]];
  return n % 16 < 9 ? [first] : [first, second];
};

/**
 * Makes roles as provision and a sweep leave them, granted and found verified a day ago. Calls nothing that is
 * journaled.
 */
export async function populate(world: World, owner: Account, count: number): Promise<void> {
  owner.ram.limits.roles = Math.max(owner.ram.limits.roles, count + 100);
  const byHand = (name: string, parameters: Record<string, string>) =>
    ramByHand(world, owner, name, parameters);
  const tagList = (tags: ReadonlyMap<string, string>) =>
    JSON.stringify([...tags].map(([Key, Value]) => ({ Key, Value })));
  const now = world.clock.now();
  const members: RoleId[] = [];
  for (let n = 0; n < count; n += 1) {
    const ids = setOf(n);
    const at = millis(now - DAY);
    const { record } = applyChange(EMPTY_RECORD, { action: 'grant', ids, at, until: null });
    const { roleName, trust, tags, policy } = desiredRole(record, now, {
      access: 'register',
      ownerUid: owner.uid,
      requesterUid: uidOf(n),
      verifyRoleArn: `acs:ram::${owner.uid}:role/dms-handshake-verify`,
    });
    await byHand('CreateRole', {
      RoleName: roleName,
      AssumeRolePolicyDocument: JSON.stringify(trust),
      Tag: tagList(new Map([...tags, [VERDICT_TAG, formatVerdict(verdictOf([], at))]])),
    });
    members.push({ access: 'register', requesterUid: uidOf(n) });
    if (policy?.kind !== 'ours') continue;
    if (owner.ram.findPolicy('Custom', policy.name) === undefined)
      await byHand('CreatePolicy', {
        PolicyName: policy.name,
        PolicyDocument: JSON.stringify(policy.document),
        Tag: JSON.stringify([{ Key: 'managed-by', Value: 'dms-handshake' }]),
      });
    await byHand('AttachPolicyToRole', {
      PolicyName: policy.name,
      PolicyType: 'Custom',
      RoleName: roleName,
    });
  }
  const roll = formatInventory(inventoryOf(members, millis(now - DAY)));
  await byHand('TagResources', {
    ResourceType: 'role',
    ResourceNames: '["dms-handshake-verify"]',
    Tag: tagList(new Map(INVENTORY_TAGS.map((key, index) => [key, roll[index] ?? '']))),
  });
}

/** The `requesters.json` of an account with so many requesters, each with a topic of its own. */
export const listOf = (count: number): object => ({
  requesters: Array.from({ length: count }, (_, n) => ({
    uid: uidOf(n),
    name: `requester-${n}`,
    engines: '*',
    access: ['register', 'console'],
    topics: [`requests-${n}`],
  })),
});
