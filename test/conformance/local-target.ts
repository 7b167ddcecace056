import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificatesIn } from '../../local/certificates.ts';
import { handleFc } from '../../local/cloud/fc/index.ts';
import { openDoor } from '../../local/cloud/http/server.ts';
import { handleMns, mnsIdle } from '../../local/cloud/mns/index.ts';
import { rpcOperations } from '../../local/cloud/operations.ts';
import { handleSls } from '../../local/cloud/sls/handle.ts';
import { type Account, World } from '../../local/cloud/world.ts';
import { deploy } from '../../local/deploy/deploy.ts';
import { readBlueprint } from '../../local/host/blueprint.ts';
import { FunctionHost } from '../../local/host/host.ts';
import { administrator } from '../../local/users.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { OWNER } from '../kit/accounts.ts';
import type { Target } from './target.ts';

const REGION = 'cn-hangzhou';

/** What docs/quality/conformance.md asks to be deployed as `CONFORMANCE_FUNCTION`. */
const ECHO = `exports.handler = async (event) => {
  console.log('conformance %d', event.length);
  if (event.toString() === 'throw') throw new Error('told to');
  return event;
};`;

const YAML = `
edition: 3.0.0
name: conformance
resources:
  echo:
    component: fc3
    props: { region: ${REGION}, functionName: conformance-echo, runtime: nodejs20, code: ./code, timeout: 10, triggers: [
      { triggerName: tick, triggerType: timer, triggerConfig: { cronExpression: '@every 60m', enable: true } } ] }`;

/** A local cloud in this process with one account and the function, behind a real socket. */
export async function startLocal(): Promise<Target> {
  const world = new World({ clock: systemClock, region: REGION });
  const account = world.addAccount(OWNER);
  const root = await mkdtemp(join(tmpdir(), 'dmshs-conf-'));
  await mkdir(join(root, 'code'));
  await writeFile(join(root, 'code', 'index.js'), ECHO);
  const host = new FunctionHost(world);
  const keys = await administrator(world, account);
  await deploy(world, account, readBlueprint(YAML, {}), { root, keys });
  const certificates = await certificatesIn(join(root, 'authority'), REGION);
  const services = { rpc: rpcOperations, mns: handleMns, fc: handleFc, sls: handleSls };
  const door = await openDoor(world, account, services, { tls: { ...certificates, port: 0 } });
  return {
    live: false,
    uid: OWNER,
    region: REGION,
    keys,
    url: () => door.url,
    tls: { url: () => door.urlTls ?? '', ca: certificates.ca },
    echo: () => 'conformance-echo',
    async close() {
      await mnsIdle(world);
      await host.idle();
      await door.close();
      await host.close();
      await rm(root, { recursive: true, force: true });
      const left = leftovers(account);
      if (left.length > 0) throw new Error(`the suite left behind: ${left.join(', ')}`);
    },
  };
}

/** Names of what is there and was not at the start: a suite that cleans up here cleans up in the real cloud. */
function leftovers({ ram, mns, dms, sls }: Account): readonly string[] {
  const made = [ram.roles, ram.policies, ram.users, ram.groups, mns.queues, mns.topics, sls.projects].flatMap(
    (all) => [...all.keys()],
  );
  return [...made, ...dms.instances.map(({ host }) => host)].filter((name) => name !== 'administrator');
}
