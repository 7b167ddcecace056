import { createHmac } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { ApiError } from '../../../../local/cloud/error.ts';
import type { FunctionEvent, FunctionPort } from '../../../../local/cloud/function-port.ts';
import { handleMns } from '../../../../local/cloud/mns/index.ts';
import type { RestRequest, RestResponse } from '../../../../local/cloud/rest.ts';
import type { Account, World } from '../../../../local/cloud/world.ts';
import { VirtualClock } from '../../../../local/testing/virtual-clock.ts';
import type { Clock } from '../../../../shared/runtime/clock.ts';
import { addUser, everything, type Keys, twoAccounts } from '../../../kit/two-accounts.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly xml: string;
  /** The value at a path of element names; a number picks from several; undefined if there is nothing. */
  at(...path: (string | number)[]): unknown;
}

export interface SendOptions {
  readonly keys?: Keys;
  readonly account?: Account;
  /** Over the usual ones; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Changes the request after it was signed. */
  readonly forge?: (request: RestRequest) => RestRequest;
}

export interface Mns {
  readonly clock: VirtualClock;
  readonly world: World;
  readonly owner: Account;
  readonly requester: Account;
  readonly admin: Keys;
  /** Signs and sends a request to the owner's endpoint as its administrator, or as the options say. */
  send(method: string, target: string, body?: string | Buffer, options?: SendOptions): Promise<Reply>;
  /** `<status> <code>` of a refusal. */
  refusal(method: string, target: string, body?: string | Buffer, options?: SendOptions): Promise<string>;
  /** What functions were invoked with. */
  readonly invoked: FunctionEvent[];
}

export function mns(): Mns {
  const { clock, world, owner, requester } = twoAccounts(new VirtualClock());
  const { keys: admin } = addUser(owner, 'admin', everything);
  const invoked: FunctionEvent[] = [];
  world.functions = functionPort(invoked);
  const send: Mns['send'] = async (method, target, body = '', options = {}) => {
    const request = signed(clock, options.keys ?? admin, method, target, Buffer.from(body), options.headers);
    const forged = options.forge?.(request) ?? request;
    return replyOf(await handleMns(world, options.account ?? owner, forged));
  };
  const refusal: Mns['refusal'] = async (...args) => {
    const reply = await send(...args);
    return `${reply.status} ${String(reply.at('Error', 'Code'))}`;
  };
  return { clock, world, owner, requester, admin, send, refusal, invoked };
}

/** Knows every function but `gone`. */
function functionPort(invoked: FunctionEvent[]): FunctionPort {
  return {
    enqueue: async (event) => {
      if (event.functionName === 'gone')
        throw new ApiError(404, 'FunctionNotFound', 'function gone does not exist');
      invoked.push(event);
      return { requestId: `1-${invoked.length}` };
    },
    invoke: async () => ({ requestId: '1', body: Buffer.alloc(0), errorType: null }),
    idle: async () => undefined,
  };
}

function signed(
  clock: Clock,
  keys: Keys,
  method: string,
  target: string,
  body: Buffer,
  extra: Readonly<Record<string, string | undefined>> = {},
): RestRequest {
  const url = new URL(target, 'http://localhost');
  const wanted = {
    date: new Date(clock.now()).toUTCString(),
    'x-mns-version': '2015-06-06',
    ...(body.length > 0 ? { 'content-type': 'text/xml' } : {}),
    ...extra,
  };
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(wanted)) if (value !== undefined) headers[name] = value;
  const own = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-mns-'))
    .sort()
    .map(([name, value]) => `${name}:${value}\n`);
  const text = [method, '', headers['content-type'] ?? '', headers['date'], own.join('') + target].join('\n');
  const signature = createHmac('sha1', keys.accessKeySecret).update(text).digest('base64');
  headers['authorization'] = `MNS ${keys.accessKeyId}:${signature}`;
  if (keys.securityToken !== undefined) headers['security-token'] = keys.securityToken;
  return { method, target, path: decodeURIComponent(url.pathname), query: url.searchParams, headers, body };
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
});

function replyOf({ status, headers, body }: RestResponse): Reply {
  const xml = body.toString();
  const parsed: unknown = parser.parse(xml);
  const at = (...path: (string | number)[]): unknown =>
    path.reduce<unknown>((inner, key) => {
      if (typeof inner !== 'object' || inner === null) return key === 0 ? inner : undefined;
      return Array.isArray(inner) || key !== 0 ? Reflect.get(inner, key) : inner;
    }, parsed);
  return { status, headers, xml, at };
}

const NS = 'xmlns="http://mns.aliyuncs.com/doc/v1/"';

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');

const elements = (fields: Readonly<Record<string, string | number>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    .join('');

/** A request document: `xml('Message', { MessageBody: 'a < b' })`, or with what is written out inside. */
export function xml(
  root: string,
  content: Readonly<Record<string, string | number>> | readonly string[] = {},
): string {
  const written = isList(content) ? content.join('') : elements(content);
  return `<?xml version="1.0" encoding="UTF-8"?><${root} ${NS}>${written}</${root}>`;
}

const isList = (content: object): content is readonly string[] => Array.isArray(content);

/** The same without declaration and namespace, to stand in another. */
export const inner = (root: string, fields: Readonly<Record<string, string | number>>): string =>
  `<${root}>${elements(fields)}</${root}>`;

export const message = (body: string, more: Readonly<Record<string, string | number>> = {}): string =>
  xml('Message', { MessageBody: body, ...more });

/** A receipt handle as it stands in a query. */
export const handleOf = (reply: Reply, ...path: (string | number)[]): string =>
  String(reply.at(...(path.length > 0 ? path : ['Message', 'ReceiptHandle'])));
