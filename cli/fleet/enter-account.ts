import { openSession } from '../../shared/alicloud/session.ts';
import { fleetSession } from '../../shared/installation/fleet.ts';
import { apiOf, type Site } from '../site.ts';
import type { OwnerAccount } from './accounts-file.ts';

/**
 * The account, as its role under a session that can do nothing but ask verify. `endpoint`: where the account is reached in
 * the local cloud; null in the real one. Throws what `openSession` throws.
 */
export async function enterAccount(
  { uid, roleArn, region }: OwnerAccount,
  from: Site,
  endpoint: string | null,
): Promise<Site> {
  const place = region ?? from.region;
  const credentials = await openSession(apiOf(from), from.region, {
    roleArn,
    sessionName: 'dms-handshake-fleet',
    externalId: null,
    sessionPolicy: fleetSession(place, uid),
  });
  return { ...from, region: place, accountId: uid, ownerUid: uid, credentials, endpoint };
}
