import type { Millis } from '../runtime/millis.ts';
import { saidLater } from './apply-revoke.ts';
import { type EndRules, endOf, type Granting, hasEnded, say, short } from './ends.ts';
import { type Entry, revokeOf, type Scoped, saidOf, sameInstances, sinceOf } from './entry.ts';
import { earlierEnd, holds, laterRevoke, narrower, outlives } from './tie-break.ts';

/**
 * A grant. It replaces the scope of an older one, and its end where it names one. An end that nobody named since the
 * first grant gives way to one that was named, also by an older word that arrives later. Between two grants with the end
 * of the first lies a gap: the second is a first one then.
 */
export function grant(
  entry: Entry | undefined,
  closedAt: Millis | null,
  word: Granting,
  rules: EndRules,
): Entry | undefined {
  const revoke = entry === undefined ? closedAt : laterRevoke(revokeOf(entry), closedAt);
  if (!outlives(word.at, revoke)) return entry;
  if (entry === undefined || !holds(entry, closedAt)) return first(entry, null, word, rules);
  if (entry.emergency === true) return overEmergency(entry, word, rules);
  if (word.at < entry.at) return short(late(entry, word, rules));
  if (word.at > entry.at && hasEnded(entry, word.at)) return first(entry, saidOf(entry), word, rules);
  if (isCopy(entry, word, rules)) return entry;
  const moved = restamp(entry, word.at, word.at > entry.at ? word : narrower(word, entry));
  if (word.until !== null) return short(say(moved, word.at, endOf(word, rules), rules));
  return short({ ...moved, until: earlierEnd(entry.until, rules.latestEnd(word.at)) });
}

/**
 * A grant of what was granted in an emergency counts as if that were not there, and takes its place. One that had ended
 * when the emergency began leaves it.
 */
function overEmergency(entry: Entry, word: Granting, rules: EndRules): Entry {
  const { revokedAt } = entry;
  const before =
    revokedAt === undefined ? undefined : ({ state: 'revoked', at: revokedAt, until: null } as const);
  const granted = short(first(before, null, word, rules));
  return word.at < entry.at && hasEnded(granted, entry.at) ? entry : granted;
}

/** `said`: when the end of a grant before it, which has passed, was said; words up to that count no more. */
function first(before: Entry | undefined, said: Millis | null, word: Granting, rules: EndRules): Entry {
  const { at, until, instances } = word;
  const revokedAt = before === undefined ? null : revokeOf(before);
  const granted = {
    state: 'granted' as const,
    at,
    ...(instances === undefined ? {} : { instances }),
    ...(revokedAt === null ? {} : { revokedAt }),
  };
  const later = saidLater(before, at);
  if (later.saidAt !== undefined) {
    const { revokedAt: _, ...end } = later;
    return { ...granted, ...end };
  }
  if (until !== null) return { ...granted, until: endOf(word, rules) };
  const byDefault = { until: rules.defaultEnd(at), byDefault: true as const };
  return { ...granted, ...byDefault, ...(said === null ? {} : { saidAt: said }) };
}

/** A word that is older than the last grant: it may have begun what that went on with, and it may have said the end. */
function late(entry: Entry, word: Granting, rules: EndRules): Entry {
  const said = saidOf(entry) ?? Number.NEGATIVE_INFINITY;
  if (entry.byDefault === true && said >= word.at) return entry;
  const end = word.until === null ? rules.defaultEnd(word.at) : endOf(word, rules);
  const since = sinceOf(entry);
  const isFirst = word.at < since;
  // It had passed before the first grant. No older word about the end counts after it.
  if (isFirst && end !== null && end <= since)
    return word.until === null || entry.byDefault !== true ? entry : { ...entry, saidAt: word.at };
  const begun = isFirst ? { ...entry, since: word.at } : entry;
  if (word.until !== null) return say(begun, word.at, end, rules);
  return entry.byDefault === true && isFirst ? { ...begun, until: earlierEnd(entry.until, end) } : begun;
}

/**
 * Whether a grant repeats the last one and need not move its stamp: for everything, and silent about an end, like the one
 * before. Nothing that was published in between can be wider (docs/decisions/0003).
 */
function isCopy(entry: Entry, word: Granting, { latestEnd }: EndRules): boolean {
  if (word.until !== null || !sameInstances(entry, word)) return false;
  if (word.at === entry.at) return true;
  return (
    entry.state === 'granted' &&
    word.instances === undefined &&
    (entry.until === null || entry.byDefault === true) &&
    earlierEnd(entry.until, latestEnd(word.at)) === entry.until
  );
}

/** The entry under the stamp and with the scope of another word; what its own stamp said is written out. */
function restamp(entry: Entry, at: Millis, { instances }: Scoped): Entry {
  const { instances: _, ...rest } = entry;
  const said = saidOf(entry);
  return {
    ...rest,
    at,
    since: sinceOf(entry),
    ...(said === null ? {} : { saidAt: said }),
    ...(instances === undefined ? {} : { instances }),
  };
}
