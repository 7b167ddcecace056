import { ApiError } from '../error.ts';
import type { Account, World } from '../world.ts';

/** `<uid>.mns.<region>.…`, `<uid>.<region>.fc.…` and `<uid>.fc.<region>.…`: hosts that name an account. */
const NAMED = /^(\d{1,20})\.(?:mns\.[a-z0-9-]+|fc\.[a-z0-9-]+|[a-z0-9-]+\.fc)\./;

/**
 * The account that a host names, at whichever door the request came in; null for a host that names none, as a loopback
 * address. Throws `ApiError` 403 `AccessDenied` for an account that nobody has.
 */
export function accountAt(world: World, host: string): Account | null {
  const uid = NAMED.exec(host)?.[1];
  if (uid === undefined) return null;
  const account = world.accounts.get(uid);
  if (account !== undefined) return account;
  throw new ApiError(403, 'AccessDenied', `The local cloud has no account ${uid}.`);
}
