import { type RunningLocalCloud, runningLocalCloud } from '../client/local-cloud.ts';
import { fcEndpoint, mnsEndpoint } from '../shared/alicloud/account-hosts.ts';
import { actionTrail } from '../shared/alicloud/action-trail.ts';
import { Api } from '../shared/alicloud/api.ts';
import { Credentials } from '../shared/alicloud/credentials.ts';
import { defaultCredentials } from '../shared/alicloud/default-credentials.ts';
import type { MnsOptions } from '../shared/alicloud/mns-call.ts';
import type { Patience } from '../shared/alicloud/retry.ts';
import { sts } from '../shared/alicloud/sts.ts';
import { throughProxies } from '../shared/alicloud/through-proxies.ts';
import { type Clock, millis, systemClock } from '../shared/runtime/clock.ts';
import type { Trail } from '../shared/trail-port.ts';
import { CliError } from './failure.ts';
import type { CloudOptions } from './options.ts';
import { parseRegion, parseUid } from './usage.ts';

/** The account that a command works in, and how it is reached. */
export interface Site {
  readonly clock: Clock;
  readonly region: string;
  /** The account of the credentials. */
  readonly accountId: string;
  /** Account B; the same as `accountId` on the owner's side. */
  readonly ownerUid: string;
  readonly credentials: Credentials;
  /** `http://127.0.0.1:PORT` of the local cloud for this account; null in the real one. */
  readonly endpoint: string | null;
  readonly local: RunningLocalCloud | null;
}

export type Side = 'owner' | 'requester';

/** A command gives up on the cloud after this, in ms; waiting for people and functions comes on top. */
const PATIENCE_MS = 30_000;
const REGION = 'cn-hangzhou';

/**
 * Finds out who is asking and where. Throws `CliError` for credentials of the wrong account, `NoCredentialsError`,
 * `NoLocalCloudError`, and what GetCallerIdentity throws. `requester`: which of those of the local cloud, if it has many.
 */
export async function connect(side: Side, options: CloudOptions, requester?: string): Promise<Site> {
  return options.local === true ? connectLocal(side, options, requester) : connectReal(side, options);
}

/** As `connect` of the owner, for a command that speaks for it: in the local cloud with the keys of its approver. */
export async function connectApprover(options: CloudOptions): Promise<Site> {
  if (options.local !== true) return connectReal('owner', options);
  const { approver } = await runningLocalCloud(process.env, options.localName);
  const site = await connectLocal('owner', options);
  return approver === undefined ? site : { ...site, credentials: lasting(approver) };
}

/** Whoever the credentials belong to: for a command that goes on into other accounts. Throws as `connect` does. */
export async function connectAnywhere(options: CloudOptions): Promise<Site> {
  if (options.local === true) return connectLocal('owner', options);
  const region = options.region ?? fromEnvironment().region ?? REGION;
  const site = siteOf(region, null, await defaultCredentials(options.profile), null);
  const accountId = await accountOf(site);
  return { ...site, accountId, ownerUid: accountId };
}

async function connectLocal(side: Side, options: CloudOptions, requester?: string): Promise<Site> {
  const local = await runningLocalCloud(process.env, options.localName);
  if (options.owner !== undefined && options.owner !== local.owner.uid)
    throw new CliError(`the owner of the running local cloud is ${local.owner.uid}, not ${options.owner}`);
  const further = side === 'requester' ? local.requesters?.find(({ uid }) => uid === requester) : undefined;
  const account = further ?? local[side];
  const site = siteOf(local.region, account.endpoint, lasting(account), local);
  const accountId = await accountOf(site);
  refuseOther(side, accountId, local.owner.uid);
  return { ...site, accountId, ownerUid: local.owner.uid };
}

/** Keys of the local cloud, which end with it. */
const lasting = ({
  accessKeyId,
  accessKeySecret,
  securityToken,
}: Omit<RunningLocalCloud['owner'], 'uid' | 'endpoint'>) =>
  new Credentials({ accessKeyId, accessKeySecret, securityToken }, millis(Number.MAX_SAFE_INTEGER));

/** In the real cloud, with keys that were found elsewhere than in the vendor's chain. Throws as `connect` does. */
export const connectWith = (side: Side, options: CloudOptions, credentials: Credentials): Promise<Site> =>
  connectReal(side, options, credentials);

async function connectReal(side: Side, options: CloudOptions, given?: Credentials): Promise<Site> {
  const environment = fromEnvironment();
  const owner = options.owner ?? environment.owner;
  if (side === 'requester' && owner === undefined)
    throw new CliError('account B is not known: give its UID with --owner, or set OWNER_UID', 2);
  await throughProxies();
  const region = options.region ?? environment.region ?? REGION;
  const site = siteOf(region, null, given ?? (await defaultCredentials(options.profile)), null);
  const accountId = await accountOf(site);
  const ownerUid = owner ?? accountId;
  refuseOther(side, accountId, ownerUid);
  return { ...site, accountId, ownerUid };
}

/** A command of one account does not run with credentials of the other: it would look in the wrong place. */
function refuseOther(side: Side, accountId: string, ownerUid: string): void {
  if (side === 'owner' && accountId !== ownerUid)
    throw new CliError(
      `these credentials belong to account ${accountId}; this command works in account B, ${ownerUid}: use credentials of that account`,
    );
  if (side === 'requester' && accountId === ownerUid)
    throw new CliError(
      `these credentials belong to account B, ${ownerUid}; this command works in account A, the requester: use credentials of that account`,
    );
}

type Found = Omit<Site, 'accountId' | 'ownerUid'>;

const siteOf = (
  region: string,
  endpoint: string | null,
  credentials: Credentials,
  local: RunningLocalCloud | null,
): Found => ({ clock: systemClock, region, endpoint, credentials, local });

const accountOf = (site: Found): Promise<string> => sts(apiOf(site), site.region).accountId();

function fromEnvironment(): { readonly region: string | undefined; readonly owner: string | undefined } {
  const { OWNER_UID: owner, REGION: region } = process.env as Readonly<Record<string, string | undefined>>;
  return {
    owner: owner === undefined || owner === '' ? undefined : checked('OWNER_UID', parseUid, owner),
    region: region === undefined || region === '' ? undefined : checked('REGION', parseRegion, region),
  };
}

function checked(name: string, parse: (value: string) => string, value: string): string {
  try {
    return parse(value);
  } catch (error) {
    throw new CliError(
      `${name} is ${JSON.stringify(value)}: ${error instanceof Error ? error.message : ''}`,
      2,
    );
  }
}

export const patienceOf = ({ clock }: Pick<Site, 'clock'>, ms = PATIENCE_MS): Patience => ({
  clock,
  random: Math.random,
  deadline: millis(clock.now() + ms),
});

export const apiOf = (site: Pick<Site, 'clock' | 'credentials' | 'endpoint'>, ms?: number): Api =>
  new Api({ ...patienceOf(site, ms), credentials: site.credentials, endpoint: site.endpoint });

/** ActionTrail of the account. */
export const trailOf = ({ region, ...site }: Site): Trail =>
  actionTrail((deadline) => apiOf(site, deadline - site.clock.now()), region, site);

export const mnsOf = ({ accountId, region, endpoint, credentials }: Site): MnsOptions => ({
  accountId,
  endpoint: endpoint ?? mnsEndpoint(accountId, region),
  credentials,
});

export const fcOf = (site: Site) => ({
  ...patienceOf(site),
  accountId: site.accountId,
  region: site.region,
  endpoint: site.endpoint ?? fcEndpoint(site.accountId, site.region),
  credentials: site.credentials,
});
