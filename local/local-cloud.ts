import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { standardNames } from '../shared/installation/installation.ts';
import { senderRole } from '../shared/installation/requester-permissions.ts';
import { systemClock } from '../shared/runtime/clock.ts';
import { TOPICS } from '../shared/runtime/topics.ts';
import { certificatesIn, signingPairs } from './certificates.ts';
import { clientSecrets } from './client-secrets.ts';
import { Closers } from './closers.ts';
import { handleFc } from './cloud/fc/index.ts';
import { openDoor } from './cloud/http/server.ts';
import { handleMns } from './cloud/mns/index.ts';
import { rpcOperations } from './cloud/operations.ts';
import { handleOss } from './cloud/oss/handle.ts';
import { handleSls } from './cloud/sls/handle.ts';
import { type Account, World } from './cloud/world.ts';
import { deployAll } from './deploy/deploy-all.ts';
import { installedFor } from './further-requesters.ts';
import { FunctionHost } from './host/host.ts';
import { untilIdle } from './idle.ts';
import { install, installOwner, installRequester, installRole } from './install.ts';
import type { LocalCloudOptions } from './local-cloud-options.ts';
import type { AccountAccess, Ready } from './ready.ts';
import { writeRequesters } from './requesters-file.ts';
import { administrator, approver, rootKeys } from './users.ts';

export interface LocalCloud {
  readonly ready: Ready;
  readonly world: World;
  readonly host: FunctionHost;
  readonly owner: Account;
  readonly requester: Account;
  /** Variables that `s.yaml` reads and that are not set: made-up values stand in for them. */
  readonly standIns: readonly string[];
  /** The bearer token of the client `local`. */
  readonly httpToken: string;
  /** Resolves when no message and no event is on its way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export const OWNER_UID = '2000000000000002';
export const REQUESTER_UID = '1000000000000001';
const REGION = 'cn-hangzhou';

/** Where the functions of a local cloud write their lines. */
export const LOCAL_LOGS = { project: 'dms-handshake-local', logstore: 'dms-handshake' };

/**
 * Starts two accounts with everything installed, and deploys the functions of `s.yaml` from their built bundles. What fails
 * on the way closes all that was opened before it is thrown.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const closers = new Closers();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function start(options: LocalCloudOptions, closers: Closers): Promise<LocalCloud> {
  const { ownerUid = OWNER_UID, requesterUid = REQUESTER_UID, port = 0, clock = systemClock } = options;
  if (ownerUid === requesterUid)
    throw new Error(`owner and requester are both ${ownerUid}; give two accounts`);
  const world = new World({
    clock,
    region: REGION,
    ...(options.weather === undefined ? {} : { weather: options.weather }),
    ...(options.keep === undefined ? {} : { keep: options.keep }),
  });
  closers.add(async () => world.end());
  const owner = world.addAccount(ownerUid);
  const requester = world.addAccount(requesterUid);
  const bound = options.requesterTopics?.length ? options.requesterTopics : [TOPICS.requests];
  const others = options.furtherRequesters ?? [];
  const at = installedFor(standardNames(REGION, ownerUid), [{ uid: requesterUid, topics: bound }, ...others]);
  await install(world, owner, requester, at, bound);
  const services = { rpc: rpcOperations, mns: handleMns, fc: handleFc, oss: handleOss, sls: handleSls };
  const endpoints = new Map<string, string>();
  const certificates = options.tls === undefined ? null : await certificatesIn(options.tls.folder, REGION);
  world.signing = signingPairs();
  const reach = async (account: Account, at: number): Promise<AccountAccess> => {
    const tls = certificates === null ? undefined : { ...certificates, port: at === 0 ? 0 : at + 3 };
    const door = await openDoor(world, account, services, { port: at, debug: options.debug ?? false, tls });
    closers.add(() => door.close());
    endpoints.set(account.uid, door.url);
    return {
      uid: account.uid,
      endpoint: door.url,
      ...(door.urlTls === null ? {} : { endpointTls: door.urlTls }),
      ...(await administrator(world, account)),
      root: rootKeys(account),
    };
  };
  const ownerAccess = await reach(owner, port);
  const requesterAccess = await reach(requester, port === 0 ? 0 : port + 1);
  const yaml = await readFile(join(options.root, 's.yaml'), 'utf8');
  const token = randomBytes(32).toString('base64url');
  const secrets = clientSecrets(yaml, options.secrets ?? process.env, token);
  const mayAsk = await writeRequesters(options.requesters, requesterUid, TOPICS.requests, secrets, token);
  closers.add(() => mayAsk.remove());
  const host = new FunctionHost(world, {
    ...options,
    urls: 'served',
    variables: (uid) => ({
      CLOUD_ENDPOINT: endpoints.get(uid) ?? '',
      ...mayAsk.environment,
      ...options.environment,
    }),
  });
  closers.add(() => host.close());
  const http = await host.doors.reserve(ownerUid, port === 0 ? 0 : port + 2);
  const requesters: NonNullable<Ready['requesters']>[number][] = [];
  for (const { uid, topics } of others) {
    const account = world.addAccount(uid);
    const [requestTopic = at.requestTopic] = topics;
    await installRequester(world, owner, account, at, topics.length > 0 ? topics : [requestTopic]);
    requesters.push({ ...(await reach(account, 0)), requestTopic });
  }
  const owners: AccountAccess[] = [];
  for (const uid of options.furtherOwners ?? []) {
    const account = world.addAccount(uid);
    const there = installedFor(standardNames(REGION, uid), [{ uid: requesterUid, topics: bound }]);
    await installOwner(world, account, there);
    await installRole(world, account, senderRole(there, requesterUid, bound));
    owners.push(await reach(account, 0));
  }
  const heard = at.requesterTopics ?? [];
  const accounts = [ownerAccess, ...owners];
  const deployed = {
    file: options.notify === undefined ? 's.logs.yaml' : 's.notify.logs.yaml',
    variables: { LOG_PROJECT: LOCAL_LOGS.project, ...options.notify },
  };
  if (options.empty !== true)
    await deployAll(world, accounts, { ...deployed, secrets, heard, root: options.root });
  return {
    ready: {
      ready: true,
      region: REGION,
      owner: ownerAccess,
      ...(owners.length === 0 ? {} : { owners }),
      requester: requesterAccess,
      ...(requesters.length === 0 ? {} : { requesters }),
      ...(options.approver === true ? { approver: await approver(world, owner, at) } : {}),
      requestTopic: bound[0] ?? TOPICS.requests,
      replyTopic: TOPICS.replies,
      replyQueue: { account: 'requester', name: TOPICS.replies },
      http,
      token: mayAsk.token,
      ...(certificates === null ? {} : { ca: certificates.ca }),
      oss: ownerAccess.endpoint,
      requestersFile: mayAsk.file,
    },
    world,
    host,
    owner,
    requester,
    standIns: secrets.standIns,
    httpToken: mayAsk.token,
    idle: () => untilIdle(world, host),
    close: () => closers.closeAll(),
  };
}
