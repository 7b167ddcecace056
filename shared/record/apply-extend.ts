import type { Millis } from '../runtime/millis.ts';
import { type EndRules, type Granting, hasEnded, NO_END_RULES, say, short } from './ends.ts';
import { type Entry, revokeOf, saidOf, sinceOf } from './entry.ts';
import type { AccessRecord, GrantId } from './record.ts';
import { earlierEnd, holds, laterRevoke, outlives } from './tie-break.ts';

/**
 * `missing`: at that time nothing was granted, as far as the record knows. `over`: no later end is allowed.
 * `fixed`: it was granted in an emergency.
 */
type Extended = Entry | 'missing' | 'superseded' | 'over' | 'fixed';

type Refused = Readonly<Record<Exclude<Extended, Entry>, readonly GrantId[]>>;

/** A new end for what is granted, measured from the first grant. Scope and instances stay. */
function extend(
  entry: Entry | undefined,
  closedAt: Millis | null,
  word: Pick<Granting, 'at' | 'until'>,
  rules: EndRules,
): Extended {
  if (entry === undefined || !holds(entry, closedAt)) return 'missing';
  const last = laterRevoke(revokeOf(entry), closedAt);
  if (!outlives(word.at, last)) return 'superseded';
  if (word.at < sinceOf(entry)) return 'missing';
  if ((saidOf(entry) ?? word.at) > word.at) return 'superseded';
  if (hasEnded(entry, word.at)) return 'missing';
  if (entry.emergency === true) return 'fixed';
  const latest = rules.latestEnd(sinceOf(entry));
  if (latest !== null && latest <= word.at) return 'over';
  const wanted = word.until === 'never' ? null : word.until;
  // Between a revoke and a grant that was sent later nobody knows whether anything was granted: nothing ends later by that.
  const isDoubtful = word.at < entry.at && sinceOf(entry) === revokeOf(entry);
  const allowed = isDoubtful ? earlierEnd(entry.until, latest) : latest;
  const extended = say(entry, word.at, earlierEnd(wanted, allowed), rules);
  return short(extended.byDefault === true ? extended : { ...extended, extended: true });
}

/** Nothing is extended where one of these ids may not be. */
export function extendIds(
  record: AccessRecord,
  change: Pick<Granting, 'at'> & {
    readonly ids: readonly GrantId[] | 'all';
    readonly until: Millis | 'never';
    readonly ends?: EndRules;
  },
): { readonly record: AccessRecord; readonly ids: readonly GrantId[] } & Refused {
  const { at, until, ends = NO_END_RULES } = change;
  const ids = change.ids === 'all' ? extendable(record, at) : [...new Set(change.ids)];
  const entries = new Map(record.entries);
  const found: Record<keyof Refused, GrantId[]> = {
    missing: [],
    superseded: [],
    over: [],
    fixed: [],
  };
  for (const id of ids) {
    const entry = extend(entries.get(id), record.closedAt, { at, until }, ends);
    if (typeof entry === 'string') found[entry].push(id);
    else entries.set(id, entry);
  }
  const isRefused = [found.missing, found.over, found.fixed].some((refused) => refused.length > 0);
  return { record: isRefused ? record : { ...record, entries }, ids, ...found };
}

/**
 * What an extension of everything is about: what was granted at that time, as far as the record knows, also what has run
 * out since. What an emergency granted only where there is nothing else. Sorted.
 */
function extendable(record: AccessRecord, at: Millis): readonly GrantId[] {
  const held = [...record.entries].filter(
    ([, entry]) => holds(entry, record.closedAt) && !hasEnded(entry, at),
  );
  const others = held.filter(([, { emergency }]) => emergency !== true);
  return (others.length === 0 ? held : others).map(([id]) => id).sort();
}
