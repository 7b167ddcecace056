import type { Check } from '../../events/check.ts';
import { isOurs, MANAGED_BY, parseRoleName, type RoleId } from '../catalogue/names.ts';
import type { ListedRole, RamLister } from '../ports.ts';
import { trustedAt } from '../reconcile/desired.ts';
import { lastChange } from '../record/expiry.ts';
import { type AccessRecord, readRecord } from '../record/record.ts';
import { isSound } from '../record/retention.ts';
import type { Settings } from '../runtime/config.ts';
import type { Millis } from '../runtime/millis.ts';
import { mayBeOld } from '../runtime/patience.ts';
import { fail } from '../verification/proof.ts';
import { type Inventory, readInventory } from './inventory-table.ts';
import { readNames, TOLD_NAMES_TAG } from './told-names.ts';
import { readUseMark, type UseMark } from './use-mark.ts';

/** A role of our name and our tag. */
export type OurRole = ListedRole & { readonly id: RoleId };

/** All roles of the account, by what the sweep does with them. */
export interface Listing {
  /** In the order of names, whatever the order that RAM lists them in: where a sweep stopped is then a name. */
  readonly ours: readonly OurRole[];
  /** Of our name without our tag, or of our tag and a name that we never make. */
  readonly unmanaged: readonly UnmanagedRole[];
  /** Names of unmanaged that were told of before; null where there is no place to remember them. */
  readonly told: readonly string[] | null;
  /** Roles that nobody may delete: of our name, with our tag or a record, and not closed by it. */
  readonly members: readonly RoleId[];
  /** The members of the last sweep; null where nothing is remembered. */
  readonly inventory: Inventory | null;
  /** How far the last sweep read ActionTrail; null where nothing is remembered. */
  readonly useMark: UseMark | null;
  /** The name of every role of our name, as `key` makes it. */
  readonly names: ReadonlySet<string>;
}

export interface UnmanagedRole {
  readonly role: ListedRole;
  readonly id: RoleId | null;
  readonly check: Check;
}

/** Reads all roles of the account: names and tags only, some hundred bytes a role. */
export async function listRoles(
  lister: RamLister,
  { verifyRole, patienceMs }: Settings,
  now: Millis,
): Promise<Listing> {
  const ours: OurRole[] = [];
  const unmanaged: UnmanagedRole[] = [];
  const members: RoleId[] = [];
  const names = new Set<string>();
  let told: readonly string[] | null = null;
  let inventory: Inventory | null = null;
  let useMark: UseMark | null = null;
  for await (const role of lister.allRoles()) {
    const id = parseRoleName(role.name);
    if (id !== null) names.add(key(role.name));
    if (id !== null && isMember(role, id, now)) members.push(id);
    if (key(role.name) === key(verifyRole)) {
      told = readNames(role.tags.get(TOLD_NAMES_TAG));
      inventory = readInventory(role.tags);
      useMark = readUseMark(role.tags);
    } else if (id !== null && isOurs(role.tags)) ours.push({ ...role, id });
    // The tags of a role that was made just now may not be listed yet.
    else if ((id !== null || isOurs(role.tags)) && !mayBeOld(role.createdAt, now, patienceMs))
      unmanaged.push({ role, id, check: ownership(id, readRecord(role.tags, now)) });
  }
  return { ours: ours.sort(byName), unmanaged, told, members, inventory, useMark, names };
}

/** Provision deletes roles whose record has closed them, and no others. */
function isMember({ tags }: ListedRole, { access }: RoleId, now: Millis): boolean {
  const record = readRecord(tags, now);
  const closed = isSound(record) && trustedAt(record, now, access) === 'nobody';
  return !closed && (isOurs(tags) || lastChange(record) !== null);
}

function ownership(id: RoleId | null, record: AccessRecord): Check {
  const tag = `${MANAGED_BY.key}=${MANAGED_BY.value}`;
  if (id === null)
    return fail(
      'ownership',
      `the role has the tag ${tag} and a name that is never made here`,
      'take the tag off, and find out in ActionTrail who put it there',
    );
  const lost = lastChange(record) !== null;
  return fail(
    'ownership',
    lost ? `the role holds a record of ours and has lost the tag ${tag}` : `the role lacks the tag ${tag}`,
    lost
      ? 'put the tag back, and find out in ActionTrail who took it off; until then nothing here touches the role'
      : 'tag it if it is ours; if it is not, it will not be touched',
  );
}

export const key = (name: string): string => name.toLowerCase();

const byName = (a: ListedRole, b: ListedRole): number => (key(a.name) < key(b.name) ? -1 : 1);
