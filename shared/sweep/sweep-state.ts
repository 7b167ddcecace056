import type { Outcome } from '../../events/outcome.ts';
import type { Upkeep } from '../../events/upkeep.ts';
import { isOurs, parseRoleName } from '../catalogue/names.ts';
import type { ProvisionPorts } from '../reconcile/reconcile.ts';
import { MAX_TAGS } from '../record/tag-budget.ts';
import { outcome, type RequestHead } from '../requests/outcome.ts';
import { wrongAccount } from '../requests/refusals.ts';
import type { Settings } from '../runtime/config.ts';
import type { Millis } from '../runtime/millis.ts';
import { readVerdict, sameUnchecked, sameVerdict, VERDICT_TAG } from '../verification/verdict.ts';
import { INVENTORY_TAGS, readInventory } from './inventory-table.ts';
import { TOLD_NAMES_TAG } from './told-names.ts';

type Tags = ReadonlyMap<string, string>;
type Remember = Extract<Upkeep, { remember: unknown }>['remember'];

/** Clocks of two functions may differ by this much, in ms. A verdict from further ahead would outlast true ones. */
const SKEW_MS = 5 * 60_000;

/**
 * Writes what the sweep found out into tags: a verdict into those of the roles that it is about, the inventory into
 * those of the verify function's own role. It passes over any other tag, any other role, what nobody here would write,
 * and what is remembered already. What is remembered decides what is told again, and never what anybody may do.
 */
export async function remember(
  { roles, tags: given }: Remember,
  head: RequestHead,
  settings: Settings,
  { clock, identity, ram }: ProvisionPorts,
): Promise<Outcome> {
  const account = await identity.accountId();
  if (account !== settings.ownerUid)
    return outcome(head, 'rejected', { problem: wrongAccount(account, settings.ownerUid) });
  const wanted = new Map(Object.entries(given));
  let writes = 0;
  for (const target of new Set(roles)) {
    const tags = await newTags(target, wanted, settings, clock.now(), (name) => ram.roleTags(name));
    if (tags.size === 0) continue;
    const reason = 'remembers what the sweep found';
    const written = await ram.apply(target, { operation: 'tag-role', target, reason, tags });
    if (written === 'done') writes += 1;
  }
  return outcome(head, writes > 0 ? 'applied' : 'report', { writes });
}

/** The tags among these that this role may have, that can be read, and that say something new. */
async function newTags(
  target: string,
  wanted: Tags,
  { verifyRole }: Settings,
  now: Millis,
  roleTags: (name: string) => Promise<Tags>,
): Promise<Tags> {
  if (target === verifyRole) return newInventoryTags(wanted, () => roleTags(target));
  const verdict = parseRoleName(target) === null ? null : readVerdict(wanted);
  if (verdict === null || verdict.at > now + SKEW_MS) return NONE;
  const present = await roleTags(target);
  const known = readVerdict(present);
  // One that keeps its time says something else of what could not be checked.
  const isNew =
    known === null ||
    (sameVerdict(known, verdict)
      ? known.at === verdict.at && !sameUnchecked(known, verdict)
      : known.at < verdict.at);
  if (!isNew || !isOurs(present) || !hasRoomForVerdict(present)) return NONE;
  return only(wanted, [VERDICT_TAG]);
}

async function newInventoryTags(wanted: Tags, read: () => Promise<Tags>): Promise<Tags> {
  const table = readInventory(wanted) === null ? [] : INVENTORY_TAGS;
  const tags = only(wanted, [TOLD_NAMES_TAG, ...table]);
  if (tags.size === 0) return NONE;
  const present = await read();
  return [...tags].every(([key, value]) => (present.get(key) ?? '') === value) ? NONE : tags;
}

const NONE: Tags = new Map();

const only = (tags: Tags, keys: readonly string[]): Tags =>
  new Map([...tags].filter(([key]) => keys.includes(key)));

/** Whether a role can remember a verdict at all. */
export const hasRoomForVerdict = (tags: Tags): boolean => tags.has(VERDICT_TAG) || tags.size < MAX_TAGS;
