import { createHash, createHmac } from 'node:crypto';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import type { Keys } from '../../../kit/two-accounts.ts';
import { type Draft, gmt, request } from './sign.ts';

/** More signers written from the vendor's pages: of Object Storage and of Simple Log Service. */

export const BUCKET = 'bucket';

export function oss(keys: Keys, now: number, draft: Draft = {}): RestRequest {
  const { method = 'PUT', target = '/2000000000000002/code.zip', body = '' } = draft;
  const headers: Record<string, string> = {
    date: gmt(now),
    ...(keys.securityToken === undefined ? {} : { 'x-oss-security-token': keys.securityToken }),
    ...draft.headers,
  };
  const own = Object.keys(headers).filter((name) => name.startsWith('x-oss-'));
  const text = [
    method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    headers['x-oss-date'] ?? headers['date'],
    ...own.sort().map((name) => `${name}:${headers[name]}`),
    `/${BUCKET}${target}`,
  ].join('\n');
  const signature = createHmac('sha1', keys.accessKeySecret).update(text).digest('base64');
  headers['authorization'] = `OSS ${keys.accessKeyId}:${signature}`;
  return request({ method, target, headers, body });
}

/** Of the path that is signed, which is that of the target. */
export function sls(keys: Keys, now: number, draft: Draft = {}): RestRequest {
  const { method = 'GET', target = '/logstores/l?type=log&from=1', body = '' } = draft;
  const headers: Record<string, string> = {
    date: gmt(now),
    'x-log-apiversion': '0.6.0',
    'x-log-signaturemethod': 'hmac-sha1',
    ...(keys.securityToken === undefined ? {} : { 'x-acs-security-token': keys.securityToken }),
    ...draft.headers,
  };
  const signed = Object.keys(headers).filter((name) => /^x-(acs|log)-/.test(name) && name !== 'x-log-date');
  const [path = '', query = ''] = target.split('?');
  const text = [
    method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    headers['date'] ?? headers['x-log-date'],
    ...signed.sort().map((name) => `${name}:${headers[name]}`),
    query === '' ? path : `${path}?${query.split('&').sort().join('&')}`,
  ].join('\n');
  const hash = headers['x-log-signaturemethod'] === 'hmac-sha256' ? 'sha256' : 'sha1';
  const signature = createHmac(hash, keys.accessKeySecret).update(text).digest('base64');
  headers['authorization'] = `LOG ${keys.accessKeyId}:${signature}`;
  return request({ method, target, headers, body });
}

/** Version 4, whose query has no character that would be escaped. */
export function slsV4(
  keys: Keys,
  now: number,
  draft: Draft & { readonly region?: string } = {},
): RestRequest {
  const { method = 'GET', target = '/logstores/l?b&a=1', body = '', region = 'cn-hangzhou' } = draft;
  const date = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const headers: Record<string, string> = {
    host: 'p.cn-hangzhou.log.aliyuncs.com',
    'content-type': 'application/json',
    'user-agent': 'not signed',
    'x-log-date': date,
    'x-log-content-sha256': createHash('sha256').update(body).digest('hex'),
    ...(keys.securityToken === undefined ? {} : { 'x-acs-security-token': keys.securityToken }),
    ...draft.headers,
  };
  const names = Object.keys(headers)
    .filter((name) => name !== 'user-agent')
    .sort();
  const [path = '', query = ''] = target.split('?');
  const canonical = [
    method,
    path,
    query.split('&').sort().join('&'),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    headers['x-log-content-sha256'],
  ].join('\n');
  const scope = `${date.slice(0, 8)}/${region}/sls/aliyun_v4_request`;
  const hashed = createHash('sha256').update(canonical).digest('hex');
  const key = scope
    .split('/')
    .reduce<string | Buffer>(
      (last, part) => createHmac('sha256', last).update(part).digest(),
      `aliyun_v4${keys.accessKeySecret}`,
    );
  const text = `SLS4-HMAC-SHA256\n${date}\n${scope}\n${hashed}`;
  const signature = createHmac('sha256', key).update(text).digest('hex');
  headers['authorization'] =
    `SLS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope},Signature=${signature}`;
  return request({ method, target, headers, body });
}
