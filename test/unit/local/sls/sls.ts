import { createHash, createHmac } from 'node:crypto';
import type { RestResponse } from '../../../../local/cloud/rest.ts';
import { handleSls } from '../../../../local/cloud/sls/handle.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addUser, everything, type Keys, twoAccounts } from '../../../kit/two-accounts.ts';
import { request } from '../signature/sign.ts';

export const NOW = Date.parse('2026-11-30T10:00:00Z');

export interface Asked {
  readonly method: string;
  readonly target: string;
  readonly project?: string;
  /** A text is sent as it is. */
  readonly body?: object | string;
  readonly keys?: Keys;
  readonly endpoint?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Sign = (
  keys: Keys,
  method: string,
  target: string,
  headers: Record<string, string>,
  body: string,
) => string;

/** As the clients that are made from the metadata sign, Go's and Python's: SHA-256. */
const v1: Sign = (keys, method, target, headers, body) => {
  if (body !== '') headers['content-md5'] = createHash('md5').update(body).digest('hex').toUpperCase();
  headers['x-log-signaturemethod'] = 'hmac-sha256';
  headers['date'] = new Date(NOW).toUTCString();
  const own = Object.keys(headers).filter((name) => name.startsWith('x-log-'));
  const [path = '', query] = target.split('?');
  const lines = own.sort().map((name) => `${name}:${headers[name]}\n`);
  const resource = query === undefined ? path : `${path}?${decodeURIComponent(query)}`;
  const text = `${method}\n${headers['content-md5'] ?? ''}\n${headers['content-type'] ?? ''}\n${headers['date']}\n${lines.join('')}${resource}`;
  return `LOG ${keys.accessKeyId}:${createHmac('sha256', keys.accessKeySecret).update(text).digest('base64')}`;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const v4 =
  (region = 'cn-hangzhou'): Sign =>
  (keys, method, target, headers, body) => {
    headers['x-log-date'] = '20261130T100000Z';
    headers['x-log-content-sha256'] = sha256(body);
    const names = Object.keys(headers).sort();
    const [path = '', query = ''] = target.split('?');
    const canonical = [
      method,
      path,
      query,
      ...names.map((name) => `${name}:${headers[name]}`),
      '',
      names.join(';'),
      sha256(body),
    ].join('\n');
    const scope = `20261130/${region}/sls/aliyun_v4_request`;
    const text = `SLS4-HMAC-SHA256\n20261130T100000Z\n${scope}\n${sha256(canonical)}`;
    const sign = (key: string | Buffer, part: string) => createHmac('sha256', key).update(part).digest();
    const key = scope.split('/').reduce<string | Buffer>(sign, `aliyun_v4${keys.accessKeySecret}`);
    return `SLS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope},Signature=${sign(key, text).toString('hex')}`;
  };

/** An account with its administrator, and what is asked of its Log Service. */
export function slsCloud() {
  const cloud = twoAccounts(new TestClock(NOW));
  const admin = addUser(cloud.owner, 'admin', everything).keys;

  const answered = (
    {
      method,
      target,
      project,
      body,
      keys = admin,
      endpoint = 'cn-hangzhou.log.aliyuncs.com',
      ...more
    }: Asked,
    sign: Sign = v1,
  ): Promise<RestResponse> => {
    const text = typeof body === 'object' ? JSON.stringify(body) : (body ?? '');
    const host = `${project === undefined ? '' : `${project}.`}${endpoint}`;
    const headers: Record<string, string> = { host, 'x-log-apiversion': '0.6.0', 'x-log-bodyrawsize': '0' };
    if (text !== '') headers['content-type'] = 'application/json';
    const authorization = sign(keys, method, target, headers, text);
    const draft = { method, target, headers: { ...headers, ...more.headers, authorization }, body: text };
    return handleSls(cloud.world, cloud.owner, request(draft));
  };
  const ask = async (asked: Asked, sign: Sign = v1) => {
    const { status, body } = await answered(asked, sign);
    const found = body.toString();
    return { status, body: found === '' ? null : JSON.parse(found) };
  };
  return {
    ...cloud,
    admin,
    answered,
    ask,
    /** A project `ops`. */
    made: () =>
      ask({
        method: 'POST',
        target: '/',
        body: { projectName: 'ops', description: 'logs', resourceGroupId: 'rg' },
      }),
    /** A logstore `app` in it. */
    store: (more: object = {}) =>
      ask({
        method: 'POST',
        target: '/logstores',
        project: 'ops',
        body: { logstoreName: 'app', ttl: 30, shardCount: 2, ...more },
      }),
  };
}

export const code = async (asked: Promise<{ status: number; body: unknown }>): Promise<string> => {
  const { status, body } = await asked;
  return `${status} ${String(Object(body).errorCode)}`;
};
