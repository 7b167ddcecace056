import type { Outcome } from '../../events/outcome.ts';
import type { Upkeep } from '../../events/upkeep.ts';
import { findRequester, type Requesters } from '../admission/requesters.ts';
import { isOurs, parseRoleName } from '../catalogue/names.ts';
import type { ProvisionPorts } from '../reconcile/reconciled.ts';
import { NOTES_TAG } from '../record/notes.ts';
import { MAX_TAGS } from '../record/tag-budget.ts';
import { outcome, type RequestHead } from '../requests/outcome.ts';
import { wrongAccount } from '../requests/refusals.ts';
import type { Settings } from '../runtime/config.ts';
import type { Millis } from '../runtime/millis.ts';
import {
  readVerdict,
  sameUnchecked,
  sameVerdict,
  VERDICT_TAG,
  type Verdict,
} from '../verification/verdict.ts';
import { INVENTORY_TAGS, readInventory } from './inventory-table.ts';
import { newNotes, SKEW_MS } from './new-notes.ts';
import { TOLD_NAMES_TAG } from './told-names.ts';
import { readUseMark, USE_TAG } from './use-mark.ts';

type Tags = ReadonlyMap<string, string>;
type Remember = Extract<Upkeep, { remember: unknown }>['remember'];

/** Who may ask, and after how many days what they have is due for review. */
interface Judging {
  readonly requesters: Requesters;
}

/**
 * Writes what the sweep or verify found out into tags: a verdict, up to when it was told of ends, and what verify saw last,
 * into those of the roles that it is about, the inventory into those of the verify function's own role. It passes over any other tag, any other role, what nobody here would write,
 * and what is remembered already. What is remembered decides what is told again, and never what anybody may do.
 */
export async function remember(
  { roles, tags: given }: Remember,
  head: RequestHead,
  settings: Settings & Judging,
  { clock, identity, ram, memory }: ProvisionPorts,
): Promise<Outcome> {
  const account = await identity.accountId();
  if (account !== settings.ownerUid)
    return outcome(head, 'rejected', { problem: wrongAccount(account, settings.ownerUid) });
  const wanted = new Map(Object.entries(given));
  const writer = memory.writer(ram, clock);
  memory.forget(clock.now(), settings.patienceMs);
  const read = async (name: string) => memory.newestNotes(name, await ram.roleTags(name));
  let writes = 0;
  for (const target of new Set(roles)) {
    const tags = await newTags(target, wanted, settings, clock.now(), read);
    if (tags.size === 0) continue;
    const reason = 'remembers what the sweep found';
    const written = await writer.apply(target, { operation: 'tag-role', target, reason, tags });
    if (written === 'done') writes += 1;
  }
  return outcome(head, writes > 0 ? 'applied' : 'report', { writes });
}

/** The tags among these that this role may have, that can be read, and that say something new. */
async function newTags(
  target: string,
  wanted: Tags,
  { verifyRole, requesters }: Settings & Judging,
  now: Millis,
  roleTags: (name: string) => Promise<Tags>,
): Promise<Tags> {
  if (target === verifyRole) return newInventoryTags(wanted, () => roleTags(target));
  const id = parseRoleName(target);
  if (id === null) return NONE;
  const verdict = readVerdict(wanted);
  const hasVerdict = verdict !== null && verdict.at <= now + SKEW_MS;
  const hasNotes = wanted.has(NOTES_TAG);
  if (!hasVerdict && !hasNotes) return NONE;
  const present = await roleTags(target);
  if (!isOurs(present)) return NONE;
  return new Map([
    ...(hasVerdict ? newVerdict(verdict, wanted, present) : NONE),
    ...(hasNotes ? newNotes(wanted, present, now, findRequester(requesters, id.requesterUid)) : NONE),
  ]);
}

function newVerdict(verdict: Verdict, wanted: Tags, present: Tags): Tags {
  const known = readVerdict(present);
  // One that keeps its time says something else of what could not be checked.
  const isNew =
    known === null ||
    (sameVerdict(known, verdict)
      ? known.at === verdict.at && !sameUnchecked(known, verdict)
      : known.at < verdict.at);
  return isNew && hasRoomForVerdict(present) ? pick(wanted, [VERDICT_TAG]) : NONE;
}

async function newInventoryTags(wanted: Tags, read: () => Promise<Tags>): Promise<Tags> {
  const tags = new Map([
    ...pick(wanted, [TOLD_NAMES_TAG]),
    ...(readInventory(wanted) === null ? NONE : pick(wanted, INVENTORY_TAGS)),
    ...(readUseMark(wanted) === null ? NONE : pick(wanted, [USE_TAG])),
  ]);
  if (tags.size === 0) return NONE;
  const present = await read();
  return [...tags].every(([key, value]) => (present.get(key) ?? '') === value) ? NONE : tags;
}

const NONE: Tags = new Map();

const pick = (tags: Tags, keys: readonly string[]): Tags =>
  new Map([...tags].filter(([key]) => keys.includes(key)));

/** Whether a role can remember a verdict at all. */
export const hasRoomForVerdict = (tags: Tags): boolean => tags.has(VERDICT_TAG) || tags.size < MAX_TAGS;
