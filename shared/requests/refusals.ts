import { type Problem, problem } from '../../events/problem.ts';
import type { GrantId } from '../record/record.ts';
import type { Millis } from '../runtime/millis.ts';

/** Refusals of requests that could be read. Each says what prevents it and what to do. */

export const wrongAccount = (actual: string, owner: string): Problem =>
  problem(
    'wrong-account',
    `the function's credentials belong to account ${actual}, not to the configured owner ${owner}; set OWNER_UID to the account that the function runs in, or deploy it there.`,
  );

export const notOwned = (kind: 'role' | 'policy', name: string): Problem =>
  problem(
    'role-not-owned',
    `the ${kind} ${name} exists without the tag managed-by=dms-handshake, so it is somebody else's and was not touched; rename or delete it, or tag it to hand it over, then send the request again.`,
  );

export const overtaken = (ids: readonly GrantId[]): Problem =>
  problem(
    'superseded',
    `a newer request has decided about ${ids.join(', ')}; send a new request if this one still holds.`,
  );

/** A grant whose end lay in the future when it was sent, and in the past when it arrived. */
export const cameTooLate = (until: Millis): Problem =>
  problem(
    'expired',
    `the grant was to end at ${new Date(until).toISOString()}, which was past when the request arrived; ask again with a later end.`,
  );

/** RAM keeps at most this many tags on a role. Source: "Limits" of tags; inferred for RAM. */
export const MAX_TAGS = 20;

/**
 * The refusal for a role whose other tags leave no room for the record; null where there is room. Rights that the
 * record cannot hold must not be given.
 */
export function tooManyTags(
  present: ReadonlyMap<string, string>,
  wanted: ReadonlyMap<string, string>,
  name: string,
): Problem | null {
  const all = new Set([...present.keys(), ...wanted.keys()]);
  if (all.size <= MAX_TAGS) return null;
  return problem(
    'quota-exceeded',
    `the record of ${name} would need ${all.size} tags and RAM keeps ${MAX_TAGS}; take tags of others off the role, or ask for fewer RAM users, then send the request again.`,
  );
}
