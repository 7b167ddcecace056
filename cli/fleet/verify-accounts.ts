import { explainCloud } from '../../client/explain.ts';
import type { RoleReport } from '../../events/report.ts';
import { fleetSession } from '../../shared/access/fleet-rights.ts';
import { openSession } from '../../shared/alicloud/session.ts';
import { askVerify } from '../ask-verify.ts';
import { apiOf, type Site } from '../site.ts';
import type { OwnerAccount } from './accounts-file.ts';

/** What was found out about a fleet. */
export interface FleetReport {
  readonly roles: readonly RoleReport[];
  /** Accounts about which nothing is known, and why, in words for people. */
  readonly unreached: readonly { readonly account: OwnerAccount; readonly reason: string }[];
}

/**
 * Has the verify function of each account look at its roles, as a role of that account under a session that can do
 * nothing else. One account after the other; one that cannot be reached does not keep the others from being asked.
 * `endpointOf`: where an account is reached in the local cloud; null in the real one.
 */
export async function verifyAccounts(
  from: Site,
  accounts: readonly OwnerAccount[],
  wish: Parameters<typeof askVerify>[1],
  endpointOf: (uid: string) => string | null,
): Promise<FleetReport> {
  const roles: RoleReport[] = [];
  const unreached: { account: OwnerAccount; reason: string }[] = [];
  for (const [index, account] of accounts.entries()) {
    try {
      const site = await enter(account, from, endpointOf(account.uid));
      roles.push(...(await askVerify(site, wish, `account ${index + 1} of ${accounts.length}: `)));
    } catch (error) {
      const reason = explainCloud(error) ?? (error instanceof Error ? error.message : String(error));
      unreached.push({ account, reason });
    }
  }
  return { roles, unreached };
}

/** The account, as its role. */
async function enter(
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
