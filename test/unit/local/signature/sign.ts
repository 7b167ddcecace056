import { createHash, createHmac } from 'node:crypto';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import type { Keys } from '../../../kit/two-accounts.ts';

/** Signers written from the vendor's pages, apart from the code that checks: requests to break in every place. */

export interface Draft {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export function request({ method = 'GET', target = '/', headers = {}, body = '' }: Draft): RestRequest {
  const [path = '', query = ''] = target.split('?');
  return {
    method,
    path: decodeURIComponent(path),
    target,
    query: new URLSearchParams(query),
    headers,
    body: Buffer.from(body),
  };
}

export const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z/, 'Z');
export const gmt = (ms: number): string => new Date(ms).toUTCString();

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const canonical = (pairs: [string, string][]): string =>
  pairs
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let nonces = 0;

export function acs3(keys: Keys, now: number, draft: Draft = {}): RestRequest {
  nonces += 1;
  const { method = 'POST', target = '/', body = '' } = draft;
  const headers: Record<string, string> = {
    host: 'ram.aliyuncs.com',
    'x-acs-action': 'GetRole',
    'x-acs-version': '2015-05-01',
    'x-acs-date': iso(now),
    'x-acs-signature-nonce': `nonce-${nonces}`,
    'x-acs-content-sha256': sha256(body),
    ...(keys.securityToken === undefined
      ? {}
      : { 'x-acs-accesskey-id': keys.accessKeyId, 'x-acs-security-token': keys.securityToken }),
    ...draft.headers,
  };
  const names = Object.keys(headers).sort();
  const [path = '', query = ''] = target.split('?');
  const text = [
    method,
    path,
    canonical([...new URLSearchParams(query)]),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const signature = createHmac('sha256', keys.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(text)}`)
    .digest('hex');
  headers['authorization'] =
    `ACS3-HMAC-SHA256 Credential=${keys.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return request({ method, target, headers, body });
}

export function rpcV1(
  keys: Keys,
  now: number,
  parameters: Record<string, string> = {},
  method = 'GET',
): RestRequest {
  nonces += 1;
  const all: Record<string, string> = {
    Action: 'GetRole',
    Version: '2015-05-01',
    Format: 'JSON',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: `nonce-${nonces}`,
    Timestamp: iso(now),
    AccessKeyId: keys.accessKeyId,
    ...(keys.securityToken === undefined ? {} : { SecurityToken: keys.securityToken }),
    ...parameters,
  };
  const text = `${method}&%2F&${encode(canonical(Object.entries(all)))}`;
  all['Signature'] = createHmac('sha1', `${keys.accessKeySecret}&`).update(text).digest('base64');
  const form = canonical(Object.entries(all));
  if (method === 'GET')
    return request({ method, target: `/?${form}`, headers: { host: 'ram.aliyuncs.com' } });
  const headers = { host: 'ram.aliyuncs.com', 'content-type': 'application/x-www-form-urlencoded' };
  return request({ method, headers, body: form });
}

export function roaV1(keys: Keys, now: number, draft: Draft = {}): RestRequest {
  nonces += 1;
  const { method = 'POST', target = '/2023-03-30/functions', body = '' } = draft;
  const headers: Record<string, string> = {
    accept: 'application/json',
    date: gmt(now),
    'x-acs-signature-method': 'HMAC-SHA1',
    'x-acs-signature-nonce': `nonce-${nonces}`,
    'x-acs-signature-version': '1.0',
    'x-acs-version': '2023-03-30',
    ...(keys.securityToken === undefined ? {} : { 'x-acs-security-token': keys.securityToken }),
    ...draft.headers,
  };
  const own = Object.keys(headers).filter((name) => name.startsWith('x-acs-'));
  const [path, query = ''] = target.split('?');
  const items = [...new URLSearchParams(query)].sort().map(([k, v]) => (v === '' ? k : `${k}=${v}`));
  const text = [
    method,
    ...['accept', 'content-md5', 'content-type', 'date'].map((name) => headers[name] ?? ''),
    ...own.sort().map((name) => `${name}:${headers[name]}`),
    items.length === 0 ? path : `${path}?${items.join('&')}`,
  ].join('\n');
  const signature = createHmac('sha1', keys.accessKeySecret).update(text).digest('base64');
  headers['authorization'] = `acs ${keys.accessKeyId}:${signature}`;
  return request({ method, target, headers, body });
}

export function mns(keys: Keys, date: string, draft: Draft = {}): RestRequest {
  const { method = 'GET', target = '/queues/q', body = '' } = draft;
  const headers: Record<string, string> = { date, 'x-mns-version': '2015-06-06', ...draft.headers };
  const own = Object.keys(headers).filter((name) => name.startsWith('x-mns-'));
  const text = [
    method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    headers['x-mns-date'] ?? headers['date'],
    ...own.sort().map((name) => `${name}:${headers[name]}`),
    target,
  ].join('\n');
  const signature = createHmac('sha1', keys.accessKeySecret).update(text).digest('base64');
  headers['authorization'] = `MNS ${keys.accessKeyId}:${signature}`;
  if (keys.securityToken !== undefined) headers['security-token'] = keys.securityToken;
  return request({ method, target, headers, body });
}

export function fc(keys: Keys, date: string, draft: Draft = {}): RestRequest {
  const { method = 'POST', target = '/2023-03-30/functions/f/invocations', body = '' } = draft;
  const headers: Record<string, string> = {
    date,
    'x-fc-account-id': '2000000000000002',
    ...(keys.securityToken === undefined ? {} : { 'x-fc-security-token': keys.securityToken }),
    ...draft.headers,
  };
  const own = Object.keys(headers).filter((name) => name.startsWith('x-fc-'));
  const text = [
    method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    date,
    ...own.sort().map((name) => `${name}:${headers[name]}`),
    decodeURIComponent(target.split('?')[0] ?? ''),
  ].join('\n');
  headers['authorization'] =
    `FC ${keys.accessKeyId}:${createHmac('sha256', keys.accessKeySecret).update(text).digest('base64')}`;
  return request({ method, target, headers, body });
}

/** The request with some headers set otherwise after it was signed; undefined takes one away. */
export function altered(original: RestRequest, changes: Record<string, string | undefined>): RestRequest {
  const headers = Object.entries({ ...original.headers, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...original, headers: Object.fromEntries(headers) };
}
