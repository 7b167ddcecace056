import type { Check } from '../../events/check.ts';
import { dms } from '../../shared/alicloud/dms.ts';
import { CloudError, isAbsent } from '../../shared/alicloud/errors.ts';
import { openSession } from '../../shared/alicloud/session.ts';
import { senderRoleName } from '../../shared/installation/requester-permissions.ts';
import { roleArn } from '../../shared/runtime/arn.ts';
import { namesIn, requesterSide } from '../bootstrap/desired.ts';
import { groundOf } from '../bootstrap/ground.ts';
import { stepsFor } from '../bootstrap/steps.ts';
import { apiOf, type Site } from '../site.ts';
import { examined, fail, pass, skip } from './finding.ts';
import { installationChecks } from './installation.ts';

/** What must be right in account A. */
export function requesterChecks(site: Site): readonly Promise<readonly Check[]>[] {
  return [
    examined('sender-role', () => senderChecks(site)),
    examined('installation', async () => {
      const desired = requesterSide(namesIn(site.region, site.ownerUid, []), site.accountId);
      const found = { desired, ...(await stepsFor(desired, groundOf(site, 60_000))) };
      return installationChecks(
        found,
        `npx dms-handshake bootstrap --side requester --owner ${site.ownerUid}`,
      );
    }),
    examined('dms', async () => {
      await dms(apiOf(site), site.region).reach();
      return [pass('dms', 'DMS answers this account')];
    }),
    Promise.resolve([RELEASE]),
  ];
}

/**
 * No API tells. Source: the vendor's cross-account page in Chinese; the Japanese one has dropped it.
 *
 * Belief registration-released (documented): registration by ARN is released gradually, account by account. Source:
 * the cross-account page in Chinese; the Japanese one has dropped it. Shown wrong by: by hand: look whether DMS has
 * the field under Add Instance.
 */
const RELEASE: Check = skip(
  'dms-registration',
  'the vendor releases registration by ARN gradually, and no call tells whether this account has it: look in DMS under Add Instance, Cross-account, and ask its support where the field for the ARN is missing',
);

/** Whether account B lets us send: by taking the role that it made for that, and giving it back unused. */
async function senderChecks(site: Site): Promise<readonly Check[]> {
  const arn = roleArn(site.ownerUid, senderRoleName(site.accountId));
  try {
    await openSession(apiOf(site), site.region, {
      roleArn: arn,
      sessionName: 'dms-handshake-doctor',
      externalId: null,
      sessionPolicy: null,
    });
    return [pass('sender-role', `${arn} can be assumed`)];
  } catch (error) {
    if (!(error instanceof CloudError) || !isAbsent(error.failure)) throw error;
    return [
      fail(
        'sender-role',
        `account ${site.ownerUid} has no role for this account to send with`,
        `ask its operator to run: npx dms-handshake bootstrap --requester ${site.accountId}`,
      ),
    ];
  }
}
