import type { Millis } from '../runtime/millis.ts';
import { type Entry, type Scoped, saidOf } from './entry.ts';
import { earlierEnd } from './tie-break.ts';

/** The ends that a requester's grants have and may have, by the time of the request; null for none. */
export interface EndRules {
  /** The end of a grant of something new that names none. */
  readonly defaultEnd: (at: Millis) => Millis | null;
  /** The latest end of a grant that begins then. */
  readonly latestEnd: (at: Millis) => Millis | null;
}

/** Nothing ends by itself, and nothing has to. */
export const NO_END_RULES: EndRules = { defaultEnd: () => null, latestEnd: () => null };

/** What a grant says about one id. `until`: null where it says nothing about the end. */
export interface Granting extends Scoped {
  readonly at: Millis;
  readonly until: Millis | 'never' | null;
}

/** Whether a grant had run out by then. */
export const hasEnded = ({ until }: Entry, at: Millis): boolean => until !== null && until <= at;

/** The end that a grant names, as late as it may be. */
export const endOf = ({ at, until }: Granting, { latestEnd }: EndRules): Millis | null =>
  earlierEnd(until === 'never' ? null : until, latestEnd(at));

/** Says an end. Of two that were said the later one counts, and of one millisecond the earlier end. */
export function say(entry: Entry, at: Millis, until: Millis | null, rules: EndRules): Entry {
  const said = saidOf(entry) ?? Number.NEGATIVE_INFINITY;
  if (said > at || (said === at && entry.byDefault === true)) return entry;
  if (said === at) return { ...entry, until: earlierEnd(entry.until, until) };
  const { byDefault: _, extended: __, ...rest } = entry;
  if (until === null || until > entry.at) return { ...rest, state: 'granted', until, saidAt: at };
  // It had passed before the last grant, which then was a first one, and said nothing about its end.
  if (entry.byDefault === true) return { ...entry, saidAt: at };
  const next = { byDefault: true, saidAt: at, since: until } as const;
  return { ...rest, ...next, state: 'granted', until: rules.defaultEnd(until) };
}

/** Leaves out what the stamp says already. */
export function short(entry: Entry): Entry {
  const { since, saidAt, extended, ...rest } = entry;
  const saysSo = saidAt !== undefined && (saidAt !== entry.at || entry.byDefault === true);
  return {
    ...rest,
    ...(since === undefined || since === entry.at ? {} : { since }),
    ...(saysSo ? { saidAt } : {}),
    ...(saysSo && extended === true ? { extended } : {}),
  };
}
