import { createHmac } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import type { Keys } from './clients.ts';
import type { Target } from './target.ts';

/** What came back, with the elements of its document by path. */
export interface MnsReply {
  readonly status: number;
  readonly location: string | null;
  at(...path: string[]): unknown;
}

export interface MnsRequest {
  readonly body?: string;
  readonly keys?: Keys;
  /** Over the usual ones, before the request is signed. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A signed request of the HTTP API 2015-06-06, for what `@alicloud/mns` leaves out: statuses, and everything about
 * subscriptions, which are empty functions there.
 */
export async function mnsRequest(
  target: Target,
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  path: string,
  { body = '', keys = target.keys, headers = {} }: MnsRequest = {},
): Promise<MnsReply> {
  const sent: Record<string, string> = {
    date: new Date().toUTCString(),
    'x-mns-version': '2015-06-06',
    ...(body === '' ? {} : { 'content-type': 'text/xml' }),
    ...headers,
  };
  const own = Object.keys(sent)
    .filter((name) => name.startsWith('x-mns-'))
    .sort()
    .map((name) => `${name}:${sent[name]}\n`);
  const source = `${method}\n\n${sent['content-type'] ?? ''}\n${sent['date']}\n${own.join('')}${path}`;
  const signature = createHmac('sha1', keys.accessKeySecret).update(source).digest('base64');
  sent['authorization'] = `MNS ${keys.accessKeyId}:${signature}`;
  if (keys.securityToken !== undefined) sent['security-token'] = keys.securityToken;
  const response = await fetch(`${target.url('mns')}${path}`, {
    method,
    headers: sent,
    ...(body === '' ? {} : { body }),
  });
  const document: unknown = new XMLParser({ parseTagValue: false }).parse(await response.text());
  return {
    status: response.status,
    location: response.headers.get('location'),
    at: (...names) => names.reduce<unknown>((inner, name) => member(inner, name), document),
  };
}

/** `<status> <code>` of a refusal, or the status of an answer. */
export async function mnsStatus(...request: Parameters<typeof mnsRequest>): Promise<string> {
  const reply = await mnsRequest(...request);
  const code = reply.at('Error', 'Code');
  return code === undefined ? String(reply.status) : `${reply.status} ${String(code)}`;
}

/** A document with one level of elements. */
export const xml = (root: string, fields: Readonly<Record<string, string>>): string => {
  const inner = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://mns.aliyuncs.com/doc/v1/">${inner.join('')}</${root}>`;
};

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
