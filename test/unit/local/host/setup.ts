import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import type { Attachment, Role } from '../../../../local/cloud/ram/types.ts';
import type { WeatherOptions } from '../../../../local/cloud/weather.ts';
import { type Account, World } from '../../../../local/cloud/world.ts';
import type { Deployment } from '../../../../local/deploy/deploy.ts';
import { FunctionHost } from '../../../../local/host/host.ts';
import type { FunctionHostOptions } from '../../../../local/host/host-options.ts';
import { VirtualClock } from '../../../../local/testing/virtual-clock.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { deployYaml } from '../../../kit/deploy.ts';
export const REGION = 'cn-hangzhou';
export const functionArn = (name: string): string => `acs:fc:${REGION}:${OWNER}:functions/${name}`;

/** One function: source of its `index.js`, and props that go over the defaults. */
export interface Fixture {
  readonly source: string;
  readonly props?: Readonly<Record<string, unknown>>;
}

export interface Bench {
  readonly clock: VirtualClock;
  readonly world: World;
  readonly account: Account;
  readonly host: FunctionHost;
  readonly root: string;
  /** Into the account, or into another one. */
  deploy(functions: Readonly<Record<string, Fixture>>, into?: Account): Promise<Deployment>;
  /** A synchronous call; the body as text and, where it is JSON, parsed. */
  call(functionName: string, payload?: string): Promise<Called>;
  send(functionName: string, payload?: string): Promise<string>;
  /** A role that Function Compute may assume, allowed `actions` on `resource`. Answers its ARN. */
  role(name: string, actions?: readonly string[], resource?: string, service?: string): string;
}

export interface Called {
  readonly requestId: string;
  readonly text: string;
  readonly errorType: string | null;
  json(): Record<string, unknown>;
}

/** A world with one account and a host whose timeouts follow the stepped clock too. */
export function bench(options: FunctionHostOptions = {}, weather: WeatherOptions = {}): Bench {
  const clock = new VirtualClock();
  const world = new World({
    clock,
    region: REGION,
    weather: { ...weather, platform: { spread: 0, ...weather.platform } },
  });
  const account = world.addAccount(OWNER);
  const host = new FunctionHost(world, { deadlines: clock, ...options });
  const root = mkdtempSync(join(tmpdir(), 'dms-handshake-host-'));
  onTestFinished(async () => {
    await host.close();
    rmSync(root, { recursive: true, force: true });
  });
  return {
    clock,
    world,
    account,
    host,
    root,
    deploy: (functions, into = account) => deployYaml(world, into, project(root, functions), root),
    call: async (functionName, payload = '') => {
      const event = { accountId: OWNER, functionName, payload: Buffer.from(payload, 'utf8') };
      const { requestId, body, errorType } = await host.invoke(event);
      const text = body.toString('utf8');
      return { requestId, text, errorType, json: () => JSON.parse(text) };
    },
    send: async (functionName, payload = '') => {
      const event = { accountId: OWNER, functionName, payload: Buffer.from(payload, 'utf8') };
      return (await host.enqueue(event)).requestId;
    },
    role: (name, actions = [], resource = '*', service = 'fc.aliyuncs.com') => {
      addRole(account, clock, name, service, actions, resource);
      return `acs:ram::${OWNER}:role/${name}`;
    },
  };
}

/** Writes the bundles and answers the `s.yaml` that names them. */
function project(root: string, functions: Readonly<Record<string, Fixture>>): string {
  const resources: Record<string, unknown> = {};
  for (const [name, { source, props = {} }] of Object.entries(functions)) {
    const folder = join(root, 'dist', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.js'), source);
    const base = { region: REGION, functionName: name, runtime: 'nodejs20', code: `./dist/${name}` };
    resources[name.replaceAll('-', '_')] = { component: 'fc3', props: { ...base, ...props } };
  }
  return stringify({ edition: '3.0.0', name: 'fixtures', resources });
}

function addRole(
  account: Account,
  clock: VirtualClock,
  name: string,
  service: string,
  actions: readonly string[],
  resource: string,
): void {
  const { ram } = account;
  const now = clock.now();
  const trust = {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [service] } }],
  };
  const role: Role = {
    name,
    id: ram.ids.next('3'),
    arn: `acs:ram::${OWNER}:role/${name}`,
    trust: JSON.stringify(trust),
    description: '',
    maxSessionDuration: 3600,
    createDate: now,
    updateDate: now,
    tags: new Map(),
    attachments: actions.length === 0 ? [] : [addPolicy(account, now, `${name}-policy`, actions, resource)],
  };
  ram.roles.set(name, role);
}

function addPolicy(
  account: Account,
  now: ReturnType<VirtualClock['now']>,
  name: string,
  actions: readonly string[],
  resource: string,
): Attachment {
  const parsed = {
    Version: '1',
    Statement: [{ Effect: 'Allow' as const, Action: actions, Resource: resource }],
  };
  const document = JSON.stringify(parsed);
  account.ram.policies.set(name, {
    name,
    type: 'Custom',
    description: '',
    createDate: now,
    updateDate: now,
    versions: [{ id: 'v1', document, parsed, createDate: now, isDefault: true }],
    nextVersion: 2,
    tags: new Map(),
  });
  return { policyName: name, policyType: 'Custom', attachDate: now };
}
