import type { Check } from '../../events/check.ts';
import type { Millis } from '../runtime/millis.ts';
import { isTried } from '../verification/unchecked.ts';
import type { Unchecked, Verdict } from '../verification/verdict.ts';
import { NOT_SAMPLED } from './sample.ts';

const DAY_MS = 24 * 3_600_000;

/** What is to be remembered of the checks that ended without an answer, and those that are to be told of now. */
export interface LostChecks {
  readonly unchecked: Unchecked | undefined;
  readonly due: { readonly since: Millis; readonly ids: readonly string[] } | null;
}

/**
 * Compares what could not be checked with what is remembered of a role that was and still is verified. What is skipped beside a
 * first verdict or a change is told already, by the reply to the request or about the change. What comes later is told of
 * once, after a day: a product that does not answer for an hour is no change of a role. What is out of this sweep's sample
 * counts as it did before.
 */
export function lostChecks(checks: readonly Check[], from: Verdict, now: Millis): LostChecks {
  const told = new Set(from.unchecked?.told);
  const fresh = new Set(from.unchecked?.fresh);
  const since = from.unchecked?.since;
  const ids = checks
    .filter(
      ({ id, status, detail }) =>
        isTried(id) && status === 'skip' && (detail !== NOT_SAMPLED || told.has(id) || fresh.has(id)),
    )
    .map(({ id }): string => id)
    .sort();
  const known = ids.filter((id) => told.has(id));
  const untold = ids.filter((id) => !told.has(id));
  const begun = untold.some((id) => fresh.has(id)) ? since : null;
  const start = begun ?? now;
  if (now - start >= DAY_MS)
    return { unchecked: { told: ids, since: null, fresh: [] }, due: { since: start, ids: untold } };
  if (ids.length === 0) return { unchecked: undefined, due: null };
  return { unchecked: { told: known, since: untold.length === 0 ? null : start, fresh: untold }, due: null };
}

/** What could not be checked beside a verdict that is new. */
export function skippedAtFirst(checks: readonly Check[]): Unchecked | undefined {
  const told = checks
    .filter(({ id, status, detail }) => isTried(id) && status === 'skip' && detail !== NOT_SAMPLED)
    .map(({ id }): string => id)
    .sort();
  return told.length === 0 ? undefined : { told, since: null, fresh: [] };
}
