import { parseRoleName, type RoleId, roleName } from '../catalogue/names.ts';
import type { RamReader, UpkeepOutbox } from '../ports.ts';
import type { Millis } from '../runtime/millis.ts';
import type { DriftReport } from './drift-report.ts';
import {
  formatInventory,
  INVENTORY_TAGS,
  type Inventory,
  inventoryOf,
  missingFrom,
  sameInventory,
} from './inventory-table.ts';
import { key, type Listing } from './list-roles.ts';
import { formatNames, TOLD_NAMES_TAG } from './told-names.ts';

/** What a comparison came to: how many roles are gone, and the tags that remember which are there now; none if the same. */
export interface Compared {
  readonly missed: number;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Tells of roles that were there at the last sweep and that RAM does not know any more. Those that are too many to be
 * named are counted.
 */
export async function compareInventory(
  { members, names, inventory }: Listing,
  report: DriftReport,
  ram: RamReader,
  now: Millis,
): Promise<Compared> {
  if (inventory === null) return { missed: 0, tags: tagsOf(inventoryOf(members, now)) };
  const { gone, unnamed } = missingFrom(inventory, inventoryOf(members, now));
  const unlisted: RoleId[] = [];
  let missed = unnamed;
  for (const member of gone) {
    const name = roleName(member.access, member.requesterUid);
    // The role was closed since, or is not ours any more, or somebody made up the tag.
    if (names.has(key(name)) || parseRoleName(name) === null) continue;
    if ((await ram.role(name)) !== null) unlisted.push(member);
    else {
      await report.gone(member, inventory.at, now);
      missed += 1;
    }
  }
  const present = inventoryOf([...members, ...unlisted], now);
  return { missed, tags: sameInventory(inventory, present) ? {} : tagsOf(present) };
}

const tagsOf = (inventory: Inventory): Record<string, string> =>
  Object.fromEntries(INVENTORY_TAGS.map((tag, index) => [tag, formatInventory(inventory)[index] ?? '']));

/**
 * Has two things remembered on the role of the verify function: which roles there are, and which roles were told of that
 * have no room for a tag of their own. Sends nothing where that is remembered already, or where there is no place for it.
 */
export async function rememberInventory(
  names: readonly string[],
  { told }: Pick<Listing, 'told'>,
  tags: Readonly<Record<string, string>>,
  verifyRole: string,
  upkeep: UpkeepOutbox,
): Promise<void> {
  if (told === null) return;
  const isSame = names.length === told.length && names.every((name) => told.includes(name));
  const all = { ...tags, ...(isSame ? {} : { [TOLD_NAMES_TAG]: formatNames(names) }) };
  if (Object.keys(all).length > 0) await upkeep.ask({ remember: { roles: [verifyRole], tags: all } });
}
