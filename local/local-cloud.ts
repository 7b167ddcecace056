import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FUNCTION_NAMES, standardNames } from '../shared/installation/roles.ts';
import { type Clock, systemClock } from '../shared/runtime/clock.ts';
import { TOPICS } from '../shared/runtime/topics.ts';
import { handleFc } from './cloud/fc/index.ts';
import { openDoor } from './cloud/http/server.ts';
import { handleMns, mnsIdle } from './cloud/mns/index.ts';
import { rpcOperations } from './cloud/operations.ts';
import type { WeatherOptions } from './cloud/weather.ts';
import { type Account, World } from './cloud/world.ts';
import { readBlueprint } from './host/blueprint.ts';
import { FunctionHost, type FunctionHostOptions } from './host/host.ts';
import { openHttpTrigger } from './host/http-trigger.ts';
import { administrator, install, installOwner } from './install.ts';
import { writeRequesters } from './requesters-file.ts';

/** An account as its people reach it. The keys are an administrator's. */
export interface AccountAccess {
  readonly uid: string;
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** What a client needs to use the local cloud: the first line of `dms-handshake local --json`. */
export interface Ready {
  readonly ready: true;
  readonly region: string;
  readonly owner: AccountAccess;
  /** Further accounts B, where `furtherOwners` asks for some. */
  readonly owners?: readonly AccountAccess[];
  readonly requester: AccountAccess;
  readonly requestTopic: string;
  readonly replyTopic: string;
  readonly replyQueue: { readonly account: 'requester'; readonly name: string };
  readonly http: string;
  /** Path of the `requesters.json` that the functions go by. */
  readonly requestersFile: string;
}

export interface LocalCloudOptions extends FunctionHostOptions {
  readonly ownerUid?: string;
  readonly requesterUid?: string;
  /** UIDs of further accounts B with everything installed: requests reach them, their replies stay in their topic. */
  readonly furtherOwners?: readonly string[];
  /** First of three ports in a row; 0, the default, takes free ones. */
  readonly port?: number;
  readonly clock?: Clock;
  readonly weather?: WeatherOptions;
  /** Folder of `s.yaml` and `dist/`. */
  readonly root: string;
  /** Over what `s.yaml` says, for every function. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The whole `requesters.json`; default: the requester alone, for everything, and one client named `local`. */
  readonly requesters?: object;
  readonly debug?: boolean;
}

export interface LocalCloud {
  readonly ready: Ready;
  readonly world: World;
  readonly host: FunctionHost;
  readonly owner: Account;
  readonly requester: Account;
  /** The bearer token of the client `local`. */
  readonly httpToken: string;
  /** Resolves when no message and no event is on its way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export const OWNER_UID = '2000000000000002';
export const REQUESTER_UID = '1000000000000001';
const REGION = 'cn-hangzhou';

/** Starts two accounts with everything installed, and the functions of `s.yaml` deployed from their built bundles. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { ownerUid = OWNER_UID, requesterUid = REQUESTER_UID, port = 0, clock = systemClock, root } = options;
  if (ownerUid === requesterUid)
    throw new Error(`owner and requester are both ${ownerUid}; give two accounts`);
  const world = new World({
    clock,
    region: REGION,
    ...(options.weather === undefined ? {} : { weather: options.weather }),
  });
  const owner = world.addAccount(ownerUid);
  const requester = world.addAccount(requesterUid);
  await install(world, owner, requester, standardNames(REGION, ownerUid));
  const services = { rpc: rpcOperations, mns: handleMns, fc: handleFc };
  const debug = options.debug ?? false;
  const ownerDoor = await openDoor(world, owner, services, { port, debug });
  const requesterDoor = await openDoor(world, requester, services, {
    port: port === 0 ? 0 : port + 1,
    debug,
  });
  const host = new FunctionHost(world, options);
  const mayAsk = await writeRequesters(options.requesters, requesterUid, TOPICS.requests);
  const yaml = await readFile(join(root, 's.yaml'), 'utf8');
  host.deploy(owner, readBlueprint(yaml, { OWNER_UID: ownerUid, REGION }), {
    root,
    environment: { CLOUD_ENDPOINT: ownerDoor.url, ...mayAsk.environment, ...options.environment },
  });
  const further: { readonly access: AccountAccess; close(): Promise<void> }[] = [];
  for (const uid of options.furtherOwners ?? []) {
    const account = world.addAccount(uid);
    await installOwner(world, account, requesterUid, standardNames(REGION, uid));
    const door = await openDoor(world, account, services, { port: 0, debug });
    host.deploy(account, readBlueprint(yaml, { OWNER_UID: uid, REGION }), {
      root,
      environment: { CLOUD_ENDPOINT: door.url, ...mayAsk.environment, ...options.environment },
    });
    const access = { uid, endpoint: door.url, ...(await administrator(world, account)) };
    further.push({ access, close: () => door.close() });
  }
  const web = await openHttpTrigger(host, owner, FUNCTION_NAMES.intake, port === 0 ? 0 : port + 2);
  return {
    ready: {
      ready: true,
      region: REGION,
      owner: { uid: ownerUid, endpoint: ownerDoor.url, ...(await administrator(world, owner)) },
      ...(further.length === 0 ? {} : { owners: further.map(({ access }) => access) }),
      requester: {
        uid: requesterUid,
        endpoint: requesterDoor.url,
        ...(await administrator(world, requester)),
      },
      requestTopic: TOPICS.requests,
      replyTopic: TOPICS.replies,
      replyQueue: { account: 'requester', name: TOPICS.replies },
      http: web.url,
      requestersFile: mayAsk.file,
    },
    world,
    host,
    owner,
    requester,
    httpToken: mayAsk.token,
    async idle() {
      // A message starts a function, which publishes a message: both have to be quiet, one after the other.
      for (let quiet = 0; quiet < 3; quiet += 1) {
        await mnsIdle(world);
        await host.idle();
      }
    },
    async close() {
      world.end();
      await Promise.all([
        ...further.map((one) => one.close()),
        web.close(),
        ownerDoor.close(),
        requesterDoor.close(),
        mayAsk.remove(),
      ]);
    },
  };
}
