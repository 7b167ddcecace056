import { zipSync } from 'fflate';
import { onTestFinished } from 'vitest';
import { fcOperations } from '../../../../local/cloud/fc/index.ts';
import { createTopic } from '../../../../local/cloud/mns/index.ts';
import { type Account, World } from '../../../../local/cloud/world.ts';
import { DeployClient } from '../../../../local/deploy/client.ts';
import { endpointOf } from '../../../../local/deploy/endpoint.ts';
import { FunctionHost } from '../../../../local/host/host.ts';
import type { FunctionHostOptions } from '../../../../local/host/host-options.ts';
import { VirtualClock } from '../../../../local/testing/virtual-clock.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { addUser, everything } from '../../../kit/two-accounts.ts';

export const REGION = 'cn-hangzhou';
export type Body = Readonly<Record<string, unknown>>;

/** A zip with an `index.js`. */
export const zipOf = (source: string): Buffer =>
  Buffer.from(zipSync({ 'index.js': Buffer.from(source, 'utf8') }));

/** The smallest function: it answers `text`. */
export const saying = (text: string): Body => ({
  functionName: 'f',
  runtime: 'nodejs20',
  handler: 'index.handler',
  code: { zipFile: zipOf(`exports.handler = async () => '${text}';`).toString('base64') },
});

export interface Cloud {
  readonly clock: VirtualClock;
  readonly world: World;
  readonly account: Account;
  readonly host: FunctionHost;
  readonly client: DeployClient;
  /** An operation by its name; `names`: function, trigger; `body`: of a GET or DELETE the query. Null for 404. */
  call(operation: string, names?: readonly string[], body?: Body): Promise<Body | null>;
  /** A synchronous call of `f`, its answer as text. */
  invoke(payload?: string): Promise<string>;
  send(payload?: string): Promise<string>;
}

/** An account with a topic `requests`, an empty Function Compute, and the keys of its administrator. */
export function emptyCloud(options: FunctionHostOptions = {}): Cloud {
  const clock = new VirtualClock();
  const world = new World({ clock, region: REGION });
  const account = world.addAccount(OWNER);
  createTopic(world, account, 'requests');
  const host = new FunctionHost(world, { deadlines: clock, timers: 'scheduled', ...options });
  onTestFinished(() => host.close());
  const { keys } = addUser(account, 'admin', everything);
  const client = new DeployClient(endpointOf(world, account), keys);
  const event = (payload: string) => ({
    accountId: OWNER,
    functionName: 'f',
    payload: Buffer.from(payload, 'utf8'),
  });
  return {
    clock,
    world,
    account,
    host,
    client,
    call: (operation, names, body) => callBy(client, operation, names, body),
    invoke: async (payload = '') => (await host.invoke(event(payload))).body.toString('utf8'),
    send: async (payload = '') => (await host.enqueue(event(payload))).requestId,
  };
}

/** The same with the keys of somebody else. */
export async function callBy(
  client: DeployClient,
  operation: string,
  [fn = 'f', trigger = '']: readonly string[] = [],
  body?: Body,
): Promise<Body | null> {
  const found = fcOperations.find(({ name }) => name === operation);
  if (found === undefined) throw new Error(`there is no operation ${operation}`);
  const path = found.path.replace(':function', fn).replace(':trigger', trigger);
  const asked = found.method === 'GET' || (found.method === 'DELETE' && body !== undefined);
  const query = Object.fromEntries(
    Object.entries((asked ? body : undefined) ?? {}).map(([k, v]) => [
      k,
      typeof v === 'string' ? v : JSON.stringify(v),
    ]),
  );
  return (await client.call(found.method, path, asked ? undefined : body, query)) as Body | null;
}

export const timer = (cronExpression: string, triggerName = 'tick'): Body => ({
  triggerName,
  triggerType: 'timer',
  triggerConfig: JSON.stringify({ cronExpression, enable: true, payload: 'sweep' }),
});

export const topic = (sourceArn = `acs:mns:${REGION}:${OWNER}:/topics/requests`): Body => ({
  triggerName: 'requests',
  triggerType: 'mns_topic',
  sourceArn,
  triggerConfig: JSON.stringify({ notifyContentFormat: 'STREAM', notifyStrategy: 'BACKOFF_RETRY' }),
});

export const http = (more: object = {}): Body => ({
  triggerName: 'http',
  triggerType: 'http',
  triggerConfig: JSON.stringify({ authType: 'anonymous', methods: ['GET'], ...more }),
});
