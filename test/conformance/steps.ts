import { createHash, createHmac } from 'node:crypto';
import { callApi } from './clients.ts';
import { mnsRequest } from './mns-request.ts';
import type { Conformance } from './target.ts';

/** One call, as the Terraform provider makes it. */
export type Step = RpcStep | RestStep;

export interface RpcStep {
  readonly service: 'ram' | 'mns-open' | 'dms-enterprise';
  readonly action: string;
  /** The provider sends everything in a form. */
  readonly form: Readonly<Record<string, string>>;
}

export interface RestStep {
  readonly service: 'fc' | 'sls' | 'mns';
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON, and for `mns` XML as a text. */
  readonly body?: object | string;
  /** Of `sls`: stands in the host. */
  readonly project?: string;
}

/** A refusal, with the code that the provider looks at. */
class Refused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = `${code}Error`;
    this.code = code;
  }
}

const VERSIONS = { ram: '2015-05-01', 'mns-open': '2022-01-19', 'dms-enterprise': '2018-11-01' } as const;

/** Carries out a call; resolves with the document of the answer. Throws an error that has `code`. */
export async function carryOut(cloud: Conformance, step: Step): Promise<unknown> {
  if ('action' in step) {
    const { service, action, form } = step;
    return callApi(cloud, { service, version: VERSIONS[service], action, form: { ...form } });
  }
  if (step.service === 'mns') return overMns(cloud, step);
  return step.service === 'fc' ? overRoa(cloud, step) : overSls(cloud, step);
}

/** `aliyun-mns-go-sdk`: signature 2, XML. */
async function overMns(cloud: Conformance, { method, path, body = '' }: RestStep): Promise<unknown> {
  const reply = await mnsRequest(cloud, method, path, { body: String(body) });
  const code = reply.at('Error', 'Code');
  if (code !== undefined) throw new Refused(String(code), String(reply.at('Error', 'Message')));
  return reply.at();
}

/** `tea-roa` and `darabonba-openapi`: version 1 of ROA. */
function overRoa(cloud: Conformance, step: RestStep): Promise<unknown> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    date: new Date().toUTCString(),
    'x-acs-signature-method': 'HMAC-SHA1',
    'x-acs-signature-nonce': createHash('md5').update(`${Math.random()}`).digest('hex'),
    'x-acs-signature-version': '1.0',
    'x-acs-version': '2023-03-30',
    ...(step.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
  };
  const plain = ['accept', 'content-md5', 'content-type', 'date'].map((name) => headers[name] ?? '');
  const text = [step.method, ...plain, ...ownOf(headers, 'x-acs-'), resourceOf(step)].join('\n');
  const { accessKeyId, accessKeySecret } = cloud.keys;
  const signature = createHmac('sha1', accessKeySecret).update(text).digest('base64');
  return send(cloud.url('fc'), step, { ...headers, authorization: `acs ${accessKeyId}:${signature}` });
}

/** `alibabacloud-gateway-sls`: version 1 by SHA-256. On the loopback interface the project stands before the path. */
function overSls(cloud: Conformance, step: RestStep): Promise<unknown> {
  const text = step.body === undefined ? '' : JSON.stringify(step.body);
  const headers: Record<string, string> = {
    accept: 'application/json',
    date: new Date().toUTCString(),
    'content-md5': text === '' ? '' : createHash('md5').update(text).digest('hex').toUpperCase(),
    'x-log-apiversion': '0.6.0',
    'x-log-bodyrawsize': String(Buffer.byteLength(text)),
    'x-log-signaturemethod': 'hmac-sha256',
    ...(text === '' ? {} : { 'content-type': 'application/json' }),
  };
  const plain = ['content-md5', 'content-type', 'date'].map((name) => headers[name] ?? '');
  const signed = [step.method, ...plain, ...ownOf(headers, 'x-log-'), resourceOf(step)].join('\n');
  const { accessKeyId, accessKeySecret } = cloud.keys;
  const signature = createHmac('sha256', accessKeySecret).update(signed).digest('base64');
  const { project } = step;
  const url = cloud.url('sls');
  const local = project === undefined ? url : `${url}/sls/${project}`;
  const place = cloud.live && project !== undefined ? url.replace('//', `//${project}.`) : local;
  return send(place, step, { ...headers, authorization: `LOG ${accessKeyId}:${signature}` });
}

const ownOf = (headers: Readonly<Record<string, string>>, prefix: string): readonly string[] =>
  Object.keys(headers)
    .filter((name) => name.startsWith(prefix))
    .sort()
    .map((name) => `${name}:${headers[name]}`);

/** Path and query as they are signed: sorted, and not encoded. */
function resourceOf({ path, query = {} }: RestStep): string {
  const items = Object.keys(query)
    .sort()
    .map((name) => `${name}=${query[name]}`);
  return items.length === 0 ? path : `${path}?${items.join('&')}`;
}

async function send(
  url: string,
  { method, path, query = {}, body }: RestStep,
  headers: Readonly<Record<string, string>>,
): Promise<unknown> {
  const items = new URLSearchParams(query).toString();
  const response = await fetch(`${url}${path}${items === '' ? '' : `?${items}`}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const found: unknown = text === '' ? {} : JSON.parse(text);
  if (response.ok) return found;
  const { Code, Message, errorCode, errorMessage } = Object(found) as Readonly<Record<string, unknown>>;
  throw new Refused(String(Code ?? errorCode), String(Message ?? errorMessage));
}
