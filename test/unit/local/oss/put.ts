import { createHmac } from 'node:crypto';
import { handleOss } from '../../../../local/cloud/oss/handle.ts';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import { ossStringToSign } from '../../../../local/cloud/signature/oss.ts';
import type { Keys } from '../../../kit/two-accounts.ts';
import { type Cloud, REGION } from '../fc/setup.ts';

interface Upload {
  readonly object?: string;
  readonly bucket?: string;
  readonly method?: string;
  readonly query?: string;
  readonly secret?: string;
  readonly date?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of those of the token. */
  readonly keys?: Keys;
}

/** Asks for a token and uploads with it, with one thing done otherwise. */
export async function put({ world, account, clock }: Cloud, otherwise: Upload = {}, at = account) {
  const token = world.uploads.token(account.uid);
  const { bucket, object } = token;
  const credentials: Keys = otherwise.keys ?? token.credentials;
  const securityToken = otherwise.token ?? credentials.securityToken;
  const path = `/${otherwise.object ?? object}`;
  const request: RestRequest = {
    method: otherwise.method ?? 'PUT',
    path,
    target: path,
    query: new URLSearchParams(otherwise.query),
    headers: {
      host: `${otherwise.bucket ?? bucket}.oss-${REGION}.aliyuncs.com`,
      'x-oss-date': otherwise.date ?? new Date(clock.now()).toUTCString(),
      ...(securityToken === undefined ? {} : { 'x-oss-security-token': securityToken }),
      ...otherwise.headers,
    },
    body: Buffer.from('a package'),
  };
  const secret = otherwise.secret ?? credentials.accessKeySecret;
  const text = ossStringToSign(request, otherwise.bucket ?? bucket);
  const authorization = `OSS ${credentials.accessKeyId}:${createHmac('sha1', secret).update(text).digest('base64')}`;
  const headers = { ...request.headers, authorization };
  const { status, headers: answered, body } = await handleOss(world, at, { ...request, headers });
  return {
    status,
    code: /<Code>(\w+)</.exec(String(body))?.[1],
    message: /<Message>(.*)<\/Message>/.exec(String(body))?.[1],
    headers: answered,
    body,
    object,
    kept: () => keptIn(world, account.uid, object),
  };
}

export const keptIn = (world: Cloud['world'], uid: string, object: string) =>
  world.uploads.find(uid, world.uploads.bucket, object)?.toString();
