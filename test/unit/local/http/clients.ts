import { createRequire } from 'node:module';
import type openapi from '@alicloud/openapi-core';
import type ram20150501 from '@alicloud/ram20150501';
import type sts20150401 from '@alicloud/sts20150401';
import type darabonba from '@darabonba/typescript';
import type { Door } from '../../../../local/cloud/http/server.ts';
import type { Keys } from '../../../kit/two-accounts.ts';

/**
 * The vendor's own clients, pointed at a door of the local cloud. They are CommonJS and loaded as such: how their
 * default export looks to an `import` differs between Node and the test runner.
 */
const load = createRequire(import.meta.url);
const core = load('@alicloud/openapi-core') as typeof openapi;
const ram = load('@alicloud/ram20150501') as typeof ram20150501;
const sts = load('@alicloud/sts20150401') as typeof sts20150401;
const dara = load('@darabonba/typescript') as typeof darabonba;

const configOf = (door: Pick<Door, 'url'>, keys: Keys) =>
  new core.$OpenApiUtil.Config({ ...keys, endpoint: new URL(door.url).host, protocol: 'http' });

export const ramClient = (door: Pick<Door, 'url'>, keys: Keys) => new ram.default(configOf(door, keys));
export const stsClient = (door: Pick<Door, 'url'>, keys: Keys) => new sts.default(configOf(door, keys));

export interface GenericCall {
  readonly version: string;
  readonly action: string;
  readonly style?: 'RPC' | 'ROA';
  readonly pathname?: string;
  readonly query?: Record<string, string>;
  readonly form?: Record<string, string>;
  readonly json?: Record<string, unknown>;
  readonly host?: string;
}

/** A generic call through `@alicloud/openapi-core`; resolves with the body of the answer. */
export async function callApi(
  door: Pick<Door, 'url'>,
  keys: Keys,
  call: GenericCall,
): Promise<Record<string, unknown>> {
  const client = new core.default(configOf(door, keys));
  const { action, version, style = 'RPC', pathname = '/', query, form, json } = call;
  const body = json ?? form;
  const answer = await client.callApi(
    new core.$OpenApiUtil.Params({
      action,
      version,
      protocol: 'HTTP',
      pathname,
      method: 'POST',
      authType: 'AK',
      style,
      reqBodyType: json === undefined ? 'formData' : 'json',
      bodyType: 'json',
    }),
    new core.$OpenApiUtil.OpenApiRequest({
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body }),
    }),
    new dara.RuntimeOptions({ readTimeout: 5000, connectTimeout: 5000 }),
  );
  return answer['body'] as Record<string, unknown>;
}

export interface PopClient {
  request(
    action: string,
    params?: object,
    options?: { method?: 'GET' | 'POST' },
  ): Promise<Record<string, unknown>>;
  keepAliveAgent: { destroy(): void };
}

/** The older core, `@alicloud/pop-core`, which signs version 1. It has no types of its own for this shape. */
export function popClient(door: Pick<Door, 'url'>, keys: Keys, apiVersion: string): PopClient {
  const { RPCClient } = load('@alicloud/pop-core') as {
    RPCClient: new (config: object) => PopClient;
  };
  return new RPCClient({ ...keys, endpoint: door.url, apiVersion });
}

export interface MnsClient {
  getQueueAttributes(name: string): Promise<unknown>;
  publishMessage(topic: string, message: { readonly MessageBody: string }): Promise<unknown>;
  peekMessage(queue: string): Promise<{ readonly body: object }>;
}

export function mnsClient(door: Pick<Door, 'url'>, keys: Keys, accountId: string): MnsClient {
  const Client = load('@alicloud/mns') as new (accountId: string, config: object) => MnsClient;
  return new Client(accountId, {
    ...keys,
    accessKeyID: keys.accessKeyId,
    endpoint: door.url,
    region: 'cn-hangzhou',
  });
}

export interface Fc2Client {
  version: string;
  endpoint: string;
  get(path: string, query?: object, headers?: object): Promise<{ data: unknown }>;
  post(path: string, body: object | string, headers?: object): Promise<{ data: unknown }>;
}

export function fc2Client(door: Pick<Door, 'url'>, keys: Keys, accountId: string): Fc2Client {
  const Client = load('@alicloud/fc2') as new (accountId: string, config: object) => Fc2Client;
  return new Client(accountId, {
    ...keys,
    accessKeyID: keys.accessKeyId,
    endpoint: door.url,
    region: 'cn-hangzhou',
  });
}

/** `<status> <code>` of what a client throws. */
export async function refused(call: Promise<unknown>): Promise<string> {
  const thrown: unknown = await call.then(
    () => ({ statusCode: 200, code: 'accepted' }),
    (error: unknown) => error,
  );
  if (typeof thrown !== 'object' || thrown === null) return 'nothing';
  const { statusCode, code, entry } = thrown as { statusCode?: number; code?: string; entry?: PopEntry };
  return `${statusCode ?? entry?.response?.statusCode} ${code}`;
}

interface PopEntry {
  readonly response?: { readonly statusCode: number };
}
