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
}

export const VERDICT_TAG = 'dms-verdict';

/** Characters that RAM keeps of a tag's value. */
const LONGEST_VALUE = 256;

/** The verdict of a role's checks. Skipped checks do not count. */
export const verdictOf = (checks: readonly Check[], at: Millis): Verdict => {
  const failed = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
  return { status: failed.length === 0 ? 'verified' : 'failed', at, checks: cut(failed.sort()) };
};

/** `failed 2026-11-23T10:00:00.000Z policy-content trust-dms`. */
export const formatVerdict = ({ status, at, checks }: Verdict): string =>
  [status, iso(at), ...checks].join(' ');

/** The verdict in the tags of a role; null for none, and for a tag that cannot be read. */
export function readVerdict(tags: ReadonlyMap<string, string>): Verdict | null {
  const [status, time, ...checks] = String(tags.get(VERDICT_TAG)).split(' ');
  const at = parseIso(time);
  return at !== null && (status === 'verified' || status === 'failed') ? { status, at, checks } : null;
}

/** Whether two verdicts say the same, whenever they were found. */
export const sameVerdict = (a: Verdict, b: Verdict): boolean =>
  a.status === b.status && a.checks.join() === b.checks.join();

/** The same set of failures gives the same list, cut or not. */
function cut(ids: readonly string[]): readonly string[] {
  const room = LONGEST_VALUE - 'verified 2026-11-23T10:00:00.000Z +99'.length;
  const lengths = ids.map((_, index) => ids.slice(0, index + 1).join(' ').length);
  const fitting = lengths.filter((length) => length < room).length;
  return fitting === ids.length ? ids : [...ids.slice(0, fitting), `+${ids.length - fitting}`];
}
