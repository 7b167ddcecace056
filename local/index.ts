import { systemClock } from '../shared/runtime/clock.ts';
import { certificatesIn, signingPairs } from './certificates.ts';
import { Closers } from './closers.ts';
import { handleFc } from './cloud/fc/index.ts';
import { openDoor } from './cloud/http/server.ts';
import { handleMns } from './cloud/mns/index.ts';
import { rpcOperations } from './cloud/operations.ts';
import { handleOss } from './cloud/oss/handle.ts';
import { World } from './cloud/world.ts';
import { FunctionHost } from './host/host.ts';
import { untilIdle } from './idle.ts';
import { MovableClock } from './movable-clock.ts';
import type { LocalAccount, LocalCloud, LocalCloudSettings } from './public.ts';
import { calls, on, reset } from './testing/stub.ts';
import { administrator, rootKeys } from './users.ts';

export type * from './public.ts';

const ACCOUNTS = ['2000000000000002', '1000000000000001'];

/**
 * Starts a local Alibaba Cloud with nothing in it but an administrator per account: RAM, STS, MNS, Function Compute, DMS
 * and reads of the engines, which check signatures and permissions. What fails on the way closes what was opened.
 */
export async function startLocalCloud(settings: LocalCloudSettings = {}): Promise<LocalCloud> {
  const closers = new Closers();
  try {
    return await start(settings, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function start(settings: LocalCloudSettings, closers: Closers): Promise<LocalCloud> {
  const { accounts: uids = ACCOUNTS, region = 'cn-hangzhou', transport = 'ports', tls, keep } = settings;
  const wrong = uids.find((uid, at) => !/^\d{1,16}$/.test(uid) || uids.indexOf(uid) !== at);
  if (wrong !== undefined || uids.length === 0)
    throw new Error(
      `accounts: expected UIDs of 1 to 16 digits, each once, not ${JSON.stringify(wrong ?? uids)}`,
    );
  const clock = new MovableClock();
  const weather = settings.seed === undefined ? {} : { weather: { seed: settings.seed } };
  const world = new World({
    clock,
    region,
    signers: systemClock,
    ...weather,
    ...(keep === undefined ? {} : { keep }),
  });
  closers.add(async () => world.end());
  const host = new FunctionHost(world, { urls: 'served', timers: 'scheduled' });
  closers.add(() => host.close());
  const services = { rpc: rpcOperations, mns: handleMns, fc: handleFc, oss: handleOss };
  const certificates = tls === undefined ? null : await certificatesIn(tls.folder, region);
  world.signing = signingPairs();
  const accounts: LocalAccount[] = [];
  for (const uid of uids) {
    const account = world.addAccount(uid);
    const options = certificates === null ? {} : { tls: { ...certificates, port: 0 } };
    const door = transport === 'ports' ? await openDoor(world, account, services, options) : null;
    if (door !== null) closers.add(() => door.close());
    const keys = await administrator(world, account);
    const endpoints = { endpoint: door?.url ?? null, endpointTls: door?.urlTls ?? null };
    accounts.push({ uid, ...endpoints, ...keys, root: rootKeys(account) });
  }
  if (transport === 'in-process') {
    const { openMswDoor } = await import('./testing/msw-handlers.ts');
    const door = openMswDoor(world, services);
    closers.add(async () => door.close());
  }
  world.journal.clear();
  return {
    region,
    accounts,
    ca: certificates?.ca ?? null,
    account(uid = uids[0]) {
      const found = accounts.find((one) => one.uid === uid);
      if (found === undefined)
        throw new Error(`the local cloud has no account ${uid}; it has ${uids.join(', ')}`);
      return found;
    },
    on: (service, operation, parameters = {}) => on(world, service, operation, parameters),
    calls: (service, operation) => calls(world, service, operation),
    reset: () => reset(world),
    advance: (ms) => clock.advance(ms),
    idle: () => untilIdle(world, host),
    close: () => closers.closeAll(),
  };
}
