import { type Problem, problem } from '../../events/problem.ts';
import type { GrantId } from '../access/record.ts';

/** Why provision says no although the request could be read. Each says what stands in the way and the way out. */

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
