import type { Outcome } from '../../events/outcome.ts';
import type { Upkeep } from '../../events/upkeep.ts';
import { isOurs, parseRoleName } from '../catalogue/names.ts';
import type { ProvisionPorts } from '../reconcile/reconcile.ts';
import { MAX_TAGS } from '../record/tag-budget.ts';
import { type Asked, outcome } from '../requests/outcome.ts';
import { wrongAccount } from '../requests/refusals.ts';
import { millis } from '../runtime/millis.ts';
import type { Settings } from '../runtime/settings.ts';
import {
  formatVerdict,
  readVerdict,
  sameVerdict,
  VERDICT_TAG,
  type Verdict,
} from '../verification/verdict.ts';
import { ROLL_TAGS, readRoll } from './inventory-table.ts';
import { formatStrangers, STRANGERS_TAG } from './unmanaged.ts';

type Found = Extract<Upkeep, { verdict: unknown }>;

/** Clocks of two functions may differ by this much. A verdict from further ahead would outlast true ones. */
const SKEW_MS = 5 * 60_000;

/**
 * Writes what the sweep found out into the tags of roles of ours. What is remembered already, or is newer, stays; a role
 * without room for a tag more goes without.
 */
export async function rememberVerdict(
  found: Found,
  asked: Asked,
  settings: Settings,
  { clock, identity, ram }: ProvisionPorts,
): Promise<Outcome> {
  const { status, checks } = found.verdict;
  const verdict: Verdict = { status, checks, at: millis(Date.parse(found.verdict.at)) };
  const value = formatVerdict(verdict);
  const account = await identity.accountId();
  if (account !== settings.ownerUid)
    return outcome(asked, 'rejected', { problem: wrongAccount(account, settings.ownerUid) });
  if (verdict.at > clock.now() + SKEW_MS) return outcome(asked, 'report');
  const tags = new Map([[VERDICT_TAG, value]]);
  const reason = 'remembers what the sweep found';
  let writes = 0;
  for (const target of new Set(found.roles.filter((name) => parseRoleName(name) !== null))) {
    if (!isNews(verdict, await ram.roleTags(target))) continue;
    const written = await ram.apply(target, { operation: 'tag-role', target, reason, tags });
    if (written === 'done') writes += 1;
  }
  return outcome(asked, writes > 0 ? 'applied' : 'report', { writes });
}

function isNews(verdict: Verdict, tags: ReadonlyMap<string, string>): boolean {
  const known = readVerdict(tags);
  if (!isOurs(tags) || !hasRoomForVerdict(tags)) return false;
  return known === null || (known.at < verdict.at && !sameVerdict(known, verdict));
}

/** Whether a role can remember a verdict at all. */
export const hasRoomForVerdict = (tags: ReadonlyMap<string, string>): boolean =>
  tags.has(VERDICT_TAG) || tags.size < MAX_TAGS;

/** Writes down which roles the sweep has told of that are not ours to write on. */
export const rememberStrangers = (
  names: readonly string[],
  asked: Asked,
  settings: Settings,
  ports: ProvisionPorts,
): Promise<Outcome> =>
  rememberAll(new Map([[STRANGERS_TAG, formatStrangers(names)]]), asked, settings, ports);

/** Writes down which roles there are, so that the next sweep can tell which are not. Nothing, for what is no roll. */
export async function rememberRoll(
  values: readonly string[],
  asked: Asked,
  settings: Settings,
  ports: ProvisionPorts,
): Promise<Outcome> {
  const tags = new Map(ROLL_TAGS.map((key, index) => [key, values[index] ?? ''] as const));
  return readRoll(tags) === null ? outcome(asked, 'report') : rememberAll(tags, asked, settings, ports);
}

/** What is remembered of all roles together stands on the verify function's own role. */
async function rememberAll(
  tags: ReadonlyMap<string, string>,
  asked: Asked,
  settings: Settings,
  { identity, ram }: ProvisionPorts,
): Promise<Outcome> {
  const account = await identity.accountId();
  if (account !== settings.ownerUid)
    return outcome(asked, 'rejected', { problem: wrongAccount(account, settings.ownerUid) });
  const target = settings.verifyRole;
  const known = await ram.roleTags(target);
  if ([...tags].every(([key, value]) => (known.get(key) ?? '') === value)) return outcome(asked, 'report');
  const reason = 'remembers what the sweep has found';
  const written = await ram.apply(target, { operation: 'tag-role', target, reason, tags });
  return outcome(asked, 'applied', { writes: written === 'done' ? 1 : 0 });
}
