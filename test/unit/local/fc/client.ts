import { createRequire } from 'node:module';
import type { Keys } from '../../../kit/two-accounts.ts';

/** The part of `@alicloud/fc2` 2.6.6 in use; it comes without types. */
interface Fc2 {
  version: string;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Fc2Answer>;
  get(path: string, query?: Record<string, string>): Promise<Fc2Answer>;
}

interface Fc2Answer {
  readonly headers: Record<string, string>;
  readonly data: unknown;
}

interface Fc2Class {
  new (
    uid: string,
    config: {
      accessKeyID: string;
      accessKeySecret: string;
      securityToken?: string;
      region: string;
      endpoint: string;
    },
  ): Fc2;
  getSignature(
    id: string,
    secret: string,
    method: string,
    path: string,
    headers: Record<string, string>,
  ): string;
}

const Fc2: Fc2Class = createRequire(import.meta.url)('@alicloud/fc2');

/** The vendor's client as the official fc3 component uses it against 3.0. */
export function fc2(uid: string, endpoint: string, keys: Keys): Fc2 {
  const { accessKeyId, accessKeySecret, securityToken } = keys;
  const token = securityToken === undefined ? {} : { securityToken };
  const client = new Fc2(uid, {
    accessKeyID: accessKeyId,
    accessKeySecret,
    ...token,
    region: 'cn-hangzhou',
    endpoint,
  });
  client.version = '2023-03-30';
  return client;
}

/** A raw signed request, for what the client hides: status and error body. */
export async function signed(
  endpoint: string,
  keys: Keys,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; code: unknown; headers: Headers; text: string }> {
  const signing = { ...headers, date: new Date().toUTCString() };
  const [bare = path] = path.split('?');
  const authorization = Fc2.getSignature(keys.accessKeyId, keys.accessKeySecret, method, bare, signing);
  const response = await fetch(`${endpoint}${path}`, { method, headers: { ...signing, authorization } });
  const text = await response.text();
  return { status: response.status, code: codeOf(text), headers: response.headers, text };
}

function codeOf(text: string): unknown {
  try {
    return JSON.parse(text).Code;
  } catch {
    return undefined;
  }
}
