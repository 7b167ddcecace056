import { trustedAt } from '../access/desired.ts';
import type { Millis } from '../access/millis.ts';
import { POLICY_PREFIX, parseRoleName } from '../access/names.ts';
import { expiredIds, readRecord } from '../access/record.ts';
import type { Clock } from '../runtime/clock.ts';
import { isOurs } from './ownership.ts';
import type { ListedPolicy, ListedRole, RamLister, UpkeepOutbox } from './ports.ts';
import { isRemovable, RETENTION_MS } from './retention.ts';

export interface SweepPorts {
  readonly clock: Clock;
  readonly lister: RamLister;
  readonly upkeep: UpkeepOutbox;
}

/** How much a sweep looked at, and how much of it was due. */
export interface Swept {
  readonly roles: number;
  readonly policies: number;
  readonly asked: number;
}

/**
 * Looks through everything that carries our tag and asks for what is due: the end of a grant, the removal of a role that
 * was closed a day ago, of a policy that nobody has used for a day. Reads only; provision decides again by itself.
 */
export async function sweep({ clock, lister, upkeep }: SweepPorts): Promise<Swept> {
  let roles = 0;
  let policies = 0;
  let asked = 0;
  for await (const role of lister.roles()) {
    roles += 1;
    const expired = dueOn(role, clock.now());
    if (expired === null) continue;
    await upkeep.ask({ role: role.name, expired: [...expired] });
    asked += 1;
  }
  for await (const policy of lister.policies()) {
    policies += 1;
    if (!isOrphan(policy, clock.now())) continue;
    await upkeep.ask({ policy: policy.name });
    asked += 1;
  }
  return { roles, policies, asked };
}

/** What has run out on a role, empty for one that is to be removed; null where nothing is due. */
function dueOn(role: ListedRole, now: Millis): readonly string[] | null {
  const parsed = parseRoleName(role.name);
  if (parsed === null || !isOurs(role.tags)) return null;
  const record = readRecord(role.tags);
  const expired = expiredIds(record, now);
  if (expired.length > 0) return expired;
  const trusted = trustedAt(record, now, parsed.access);
  return isRemovable(record, trusted, role.createdAt, now) ? [] : null;
}

/** Provision looks again before it deletes: between this listing and then a role may have come to use it. */
const isOrphan = ({ name, attachments, updatedAt, tags }: ListedPolicy, now: Millis): boolean =>
  name.startsWith(POLICY_PREFIX) && isOurs(tags) && attachments === 0 && now - updatedAt > RETENTION_MS;
