import { parseRoleName, roleName } from '../catalogue/names.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { DriftReport } from './drift-report.ts';
import { formatRoll, type Member, missingFrom, rollOf, sameRoll } from './inventory-table.ts';
import { key, type Listing } from './list-roles.ts';
import type { SweepPorts } from './sweep-role.ts';

const NOTHING = { gone: [], unnamed: 0 } as const;

/**
 * Tells of roles that were there at the last sweep and that RAM does not know any more, and has it remembered which are
 * there now. Answers how many are gone; those that are too many to be named are counted.
 */
export async function compareInventory(
  { members, names, roll, told }: Listing,
  news: DriftReport,
  { ram, upkeep }: Pick<SweepPorts, 'ram' | 'upkeep'>,
  now: Millis,
): Promise<number> {
  // No place to remember it, so that it would be told of in every sweep.
  if (told === null) return 0;
  const { gone, unnamed } = roll === null ? NOTHING : missingFrom(roll, rollOf(members, now));
  const unlisted: Member[] = [];
  let missed = unnamed;
  for (const member of gone) {
    const name = roleName(member.access, member.requesterUid);
    // Closed since, or not ours any more; or a tag that somebody made up.
    if (names.has(key(name)) || parseRoleName(name) === null) continue;
    if ((await ram.role(name)) !== null) unlisted.push(member);
    else {
      await news.gone(member, roll?.at ?? millis(now), now);
      missed += 1;
    }
  }
  const present = rollOf([...members, ...unlisted], now);
  if (roll === null || !sameRoll(roll, present)) await upkeep.ask({ roll: [...formatRoll(present)] });
  return missed;
}
