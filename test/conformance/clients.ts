import { createRequire } from 'node:module';
import type openapi from '@alicloud/openapi-core';
import type ram20150501 from '@alicloud/ram20150501';
import type sts20150401 from '@alicloud/sts20150401';
import type darabonba from '@darabonba/typescript';
import type { Target } from './target.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** The vendor's packages are CommonJS: how a default export looks to `import` depends on who loads it. */
const load = createRequire(import.meta.url);
const core = load('@alicloud/openapi-core') as typeof openapi;
const ram = load('@alicloud/ram20150501') as typeof ram20150501;
const sts = load('@alicloud/sts20150401') as typeof sts20150401;
const dara = load('@darabonba/typescript') as typeof darabonba;

function configOf(target: Target, service: string, keys: Keys) {
  const { host, protocol } = new URL(target.url(service));
  return new core.$OpenApiUtil.Config({ ...keys, endpoint: host, protocol: protocol.replace(':', '') });
}

export const ramClient = (target: Target, keys = target.keys) =>
  new ram.default(configOf(target, 'ram', keys));
export const stsClient = (target: Target, keys = target.keys) =>
  new sts.default(configOf(target, 'sts', keys));

/** A call that has no SDK of its own. */
export interface GenericCall {
  readonly service: string;
  readonly version: string;
  readonly action: string;
  readonly style?: 'RPC' | 'ROA';
  readonly pathname?: string;
  readonly query?: Record<string, string>;
  readonly form?: Record<string, string>;
  readonly json?: Record<string, unknown>;
  /** Over the client's own, before it signs. */
  readonly headers?: Record<string, string>;
}

/** A call through `@alicloud/openapi-core`; resolves with the body of the answer. */
export async function callApi(
  target: Target,
  call: GenericCall,
  keys = target.keys,
): Promise<Record<string, unknown>> {
  const { service, action, version, style = 'RPC', pathname = '/', query, form, json, headers } = call;
  const body = json ?? form;
  const params = {
    action,
    version,
    protocol: 'HTTPS',
    pathname,
    method: 'POST',
    authType: 'AK',
    style,
    reqBodyType: json === undefined ? 'formData' : 'json',
    bodyType: 'json',
  };
  const answer = await new core.default(configOf(target, service, keys)).callApi(
    new core.$OpenApiUtil.Params(params),
    new core.$OpenApiUtil.OpenApiRequest({
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body }),
      ...(headers === undefined ? {} : { headers }),
    }),
    new dara.RuntimeOptions({ readTimeout: 10_000, connectTimeout: 10_000 }),
  );
  return answer['body'] as Record<string, unknown>;
}

/** `@alicloud/pop-core` 1.8.0; its own declaration does not show what it exports. */
export interface PopClient {
  request(
    action: string,
    parameters?: object,
    options?: { method?: 'GET' | 'POST' },
  ): Promise<Record<string, unknown>>;
}

export function popClient(
  target: Target,
  service: string,
  apiVersion: string,
  keys = target.keys,
): PopClient {
  const { RPCClient } = load('@alicloud/pop-core') as { RPCClient: new (config: object) => PopClient };
  return new RPCClient({ ...keys, endpoint: target.url(service), apiVersion });
}

type Fields = Readonly<Record<string, string | number | object>>;
export interface MnsAnswer<Body = Readonly<Record<string, string>>> {
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}
type Several = MnsAnswer<readonly Readonly<Record<string, string>>[]>;

/** `@alicloud/mns` 1.2.0, which has no types, as its source shows it. */
export interface MnsClient {
  createQueue(name: string, fields?: Fields): Promise<MnsAnswer>;
  deleteQueue(name: string): Promise<MnsAnswer>;
  listQueue(marker?: string, limit?: number, prefix?: string): Promise<Several>;
  getQueueAttributes(name: string): Promise<MnsAnswer>;
  setQueueAttributes(name: string, fields: Fields): Promise<MnsAnswer>;
  sendMessage(queue: string, fields: Fields): Promise<MnsAnswer>;
  batchSendMessage(queue: string, messages: readonly Fields[]): Promise<Several>;
  receiveMessage(queue: string, waitSeconds?: number): Promise<MnsAnswer>;
  batchReceiveMessage(queue: string, count: number, waitSeconds?: number): Promise<Several>;
  peekMessage(queue: string): Promise<MnsAnswer>;
  batchPeekMessage(queue: string, count: number): Promise<Several>;
  deleteMessage(queue: string, handle: string): Promise<MnsAnswer>;
  batchDeleteMessage(queue: string, handles: readonly string[]): Promise<Several>;
  changeMessageVisibility(queue: string, handle: string, seconds: number): Promise<MnsAnswer>;
  createTopic(name: string, fields?: Fields): Promise<MnsAnswer>;
  listTopic(marker?: string, limit?: number, prefix?: string): Promise<Several>;
  getTopicAttributes(name: string): Promise<MnsAnswer>;
  setTopicAttributes(name: string, fields: Fields): Promise<MnsAnswer>;
  publishMessage(topic: string, fields: Fields): Promise<MnsAnswer>;
  get(resource: string, type: string, options?: { headers: Record<string, string> }): Promise<MnsAnswer>;
}

export function mnsClient(target: Target, keys = target.keys): MnsClient {
  const Client = load('@alicloud/mns') as new (uid: string, options: object) => MnsClient;
  return new Client(target.uid, { ...keys, endpoint: target.url('mns') });
}

/** `@alicloud/fc2` 2.6.6, which has no types, as the official fc3 component uses it. */
export interface Fc2Client {
  version: string;
  get(path: string, query?: Record<string, string>, headers?: Record<string, string>): Promise<Fc2Answer>;
  post(path: string, body: string | Buffer, headers?: Record<string, string>): Promise<Fc2Answer>;
}

export interface Fc2Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly data: unknown;
}

export function fc2Client(target: Target, keys = target.keys): Fc2Client {
  const Client = load('@alicloud/fc2') as new (uid: string, options: object) => Fc2Client;
  const { accessKeyId: accessKeyID, ...others } = keys;
  const { region } = target;
  const client = new Client(target.uid, { accessKeyID, ...others, region, endpoint: target.url('fc') });
  client.version = '2023-03-30';
  return client;
}
