import type { Millis } from '../runtime/millis.ts';
import { type EndRules, type Granting, hasEnded, say, short } from './ends.ts';
import { type Entry, revokeOf, saidOf, sinceOf } from './entry.ts';
import { earlierEnd, holds, laterRevoke, outlives } from './tie-break.ts';

/** `missing`: at that time nothing was granted, as far as the record knows. `over`: no later end is allowed. */
export type Extended = Entry | 'missing' | 'superseded' | 'over';

/** A new end for what is granted, measured from the first grant. Scope and instances stay. */
export function extend(
  entry: Entry | undefined,
  closedAt: Millis | null,
  word: Pick<Granting, 'at' | 'until'>,
  rules: EndRules,
): Extended {
  if (entry === undefined || !holds(entry, closedAt)) return 'missing';
  const last = laterRevoke(revokeOf(entry), closedAt);
  if (!outlives(word.at, last)) return 'superseded';
  if (word.at < sinceOf(entry)) return 'missing';
  const said = saidOf(entry);
  if (said !== null && said > word.at) return 'superseded';
  if (hasEnded(entry, word.at)) return 'missing';
  const latest = rules.latestEnd(sinceOf(entry));
  if (latest !== null && latest <= word.at) return 'over';
  const wanted = word.until === 'never' ? null : word.until;
  const extended = say(entry, word.at, earlierEnd(wanted, latest), rules);
  return short(
    extended === entry || extended.byDefault === true ? extended : { ...extended, extended: true },
  );
}
