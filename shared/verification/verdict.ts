import type { Check } from '../../events/check.ts';
import { iso, parseIso } from '../record/entry.ts';
import type { Millis } from '../runtime/millis.ts';

/** What the sweep found out about a role. It is remembered in a tag of the role, so that only changes are told. */
export interface Verdict {
  readonly status: 'verified' | 'failed';
  /** Since when it is so. */
  readonly at: Millis;
  /** Ids of the failed checks, sorted. The last is `+N` where N more did not fit into the tag. */
  readonly checks: readonly string[];
  /** Left out, or undefined, where everything could be checked. */
  readonly unchecked?: Unchecked | undefined;
}

/** Checks of a verified role that ended without an answer. */
export interface Unchecked {
  /** Those that whoever asked has been told of. */
  readonly told: readonly string[];
  /** Those that have been so since `since`, and are not told of yet. */
  readonly since: Millis | null;
  readonly fresh: readonly string[];
}

export const VERDICT_TAG = 'dms-verdict';

/** Characters that RAM keeps of a tag's value. */
const LONGEST_VALUE = 256;

/** The verdict of a role's checks. Skipped checks do not count. */
export const verdictOf = (checks: readonly Check[], at: Millis): Verdict => {
  const failed = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
  return { status: failed.length === 0 ? 'verified' : 'failed', at, checks: cut(failed.sort()) };
};

/**
 * `failed 2026-11-23T10:00:00.000Z policy-content trust-dms`, and with what could not be checked
 * `verified 2026-11-23T10:00:00.000Z unchecked gdb since 2026-11-24T11:07:00.000Z redis`. What has no room
 * is left out, and told of again at worst.
 */
export function formatVerdict({ status, at, checks, unchecked }: Verdict): string {
  const verdict = [status, iso(at), ...checks].join(' ');
  if (unchecked === undefined) return verdict;
  const { told, since, fresh } = unchecked;
  const words = [UNCHECKED, ...short(told), ...(since === null ? [] : [SINCE, iso(since), ...short(fresh)])];
  const whole = `${verdict} ${words.join(' ')}`;
  return whole.length <= LONGEST_VALUE ? whole : verdict;
}

/** An engine stands by its name alone: all of them have to fit. */
const short = (ids: readonly string[]) => ids.map((id) => id.replace('engine:', ''));
const long = (words: readonly string[]) =>
  words.map((word) => (word.includes(':') || word.startsWith('assume-role') ? word : `engine:${word}`));

const UNCHECKED = 'unchecked';
const SINCE = 'since';

/** The verdict in the tags of a role; null for none, and for a tag that cannot be read. */
export function readVerdict(tags: ReadonlyMap<string, string>): Verdict | null {
  const [status, time, ...words] = String(tags.get(VERDICT_TAG)).split(' ');
  const at = parseIso(time);
  if (at === null || (status !== 'verified' && status !== 'failed')) return null;
  const [checks, unchecked] = splitAt(words, UNCHECKED);
  if (unchecked === null) return { status, at, checks };
  const [told, rest] = splitAt(unchecked, SINCE);
  const [since, ...fresh] = rest ?? [];
  return { status, at, checks, unchecked: { told: long(told), since: parseIso(since), fresh: long(fresh) } };
}

/** The words before a word and after it; null for those after it where it is not there. */
function splitAt(
  words: readonly string[],
  word: string,
): readonly [readonly string[], readonly string[] | null] {
  const place = words.indexOf(word);
  return place < 0 ? [words, null] : [words.slice(0, place), words.slice(place + 1)];
}

/** Whether two verdicts say the same, whenever they were found. */
export const sameVerdict = (a: Verdict, b: Verdict): boolean =>
  a.status === b.status && a.checks.join() === b.checks.join();

/** A verdict with this in the place of what it says could not be checked. */
export function withUnchecked(verdict: Verdict, unchecked: Unchecked | undefined): Verdict {
  return { ...verdict, unchecked };
}

/** Whether what could not be checked is the same. */
export const sameUnchecked = ({ unchecked: a }: Verdict, { unchecked: b }: Verdict): boolean =>
  a?.since === b?.since && a?.told.join() === b?.told.join() && a?.fresh.join() === b?.fresh.join();

/** The same set of failures gives the same list, cut or not. */
function cut(ids: readonly string[]): readonly string[] {
  const room = LONGEST_VALUE - 'verified 2026-11-23T10:00:00.000Z +99'.length;
  const lengths = ids.map((_, index) => ids.slice(0, index + 1).join(' ').length);
  const fitting = lengths.filter((length) => length < room).length;
  return fitting === ids.length ? ids : [...ids.slice(0, fitting), `+${ids.length - fitting}`];
}
