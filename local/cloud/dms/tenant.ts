import type { Account } from '../world.ts';
import { noTenant } from './errors.ts';

/**
 * The tenant of an account: one, which is there as soon as somebody has logged in. Its number follows from the UID; the
 * name is inferred. @throws ApiError 403 `ResourceOwnerNotLoggedIn`.
 */
export function tenantOf({ uid, dms }: Account): { Tid: number; TenantName: string; Status: string } {
  if (!dms.tenant) throw noTenant(uid);
  return { Tid: Number(BigInt(uid) % 1_000_000n), TenantName: uid, Status: 'ACTIVE' };
}
