import { explainCloud } from '../../client/explain.ts';
import type { RoleReport } from '../../events/report.ts';
import { openSession } from '../../shared/alicloud/session.ts';
import { fleetSession } from '../../shared/installation/fleet.ts';
import { askVerify } from '../ask-verify.ts';
import { apiOf, type Site } from '../site.ts';
import type { OwnerAccount } from './accounts-file.ts';

/** What was found out about a fleet. */
export interface FleetReport {
  readonly roles: readonly RoleReport[];
  readonly unverified: readonly Unverified[];
}

/** An account, or a role, about which nothing is known, and why, in words for people. */
export interface Unverified {
  /** Such as `account 2000000000000002 (payments)`. */
  readonly what: string;
  readonly reason: string;
}

const accountNamed = ({ uid, name }: OwnerAccount): string =>
  `account ${uid}${name === undefined ? '' : ` (${name})`}`;

/**
 * Has the verify function of each account look at its roles, as a role of that account under a session that can do
 * nothing else. One account after the other; one that cannot be reached does not keep the others from being asked.
 * `endpointOf`: where an account is reached in the local cloud; null in the real one.
 */
export async function verifyAccounts(
  from: Site,
  accounts: readonly OwnerAccount[],
  request: Parameters<typeof askVerify>[1],
  endpointOf: (uid: string) => string | null,
): Promise<FleetReport> {
  const roles: RoleReport[] = [];
  const unverified: Unverified[] = [];
  for (const [index, account] of accounts.entries()) {
    try {
      const site = await enter(account, from, endpointOf(account.uid));
      const found = await askVerify(site, request, `account ${index + 1} of ${accounts.length}: `);
      roles.push(...found.roles);
      for (const { role, reason } of found.unjudged)
        unverified.push({ what: `role ${role} of ${accountNamed(account)}`, reason });
    } catch (error) {
      const reason = explainCloud(error) ?? (error instanceof Error ? error.message : String(error));
      unverified.push({ what: accountNamed(account), reason });
    }
  }
  return { roles, unverified };
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
