import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { handleFc } from '../../../../local/cloud/fc/index.ts';
import { handleOss } from '../../../../local/cloud/oss/handle.ts';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import { fcStringToSign } from '../../../../local/cloud/signature/fc.ts';
import { ossStringToSign } from '../../../../local/cloud/signature/oss.ts';
import { DeployClient } from '../../../../local/deploy/client.ts';
import { endpointOf } from '../../../../local/deploy/endpoint.ts';
import { addUser } from '../../../kit/two-accounts.ts';
import { type Cloud, emptyCloud, REGION } from '../fc/setup.ts';

interface Upload {
  readonly object?: string;
  readonly bucket?: string;
  readonly method?: string;
  readonly query?: string;
  readonly secret?: string;
  readonly date?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks for a token and uploads with it, with one thing done otherwise. */
async function put({ world, account, clock }: Cloud, otherwise: Upload = {}) {
  const { credentials, bucket, object } = world.uploads.token(account.uid);
  const path = `/${otherwise.object ?? object}`;
  const request: RestRequest = {
    method: otherwise.method ?? 'PUT',
    path,
    target: path,
    query: new URLSearchParams(otherwise.query),
    headers: {
      host: `${otherwise.bucket ?? bucket}.oss-${REGION}.aliyuncs.com`,
      'x-oss-date': otherwise.date ?? new Date(clock.now()).toUTCString(),
      'x-oss-security-token': otherwise.token ?? credentials.securityToken,
      ...otherwise.headers,
    },
    body: Buffer.from('a package'),
  };
  const secret = otherwise.secret ?? credentials.accessKeySecret;
  const text = ossStringToSign(request, otherwise.bucket ?? bucket);
  const authorization = `OSS ${credentials.accessKeyId}:${createHmac('sha1', secret).update(text).digest('base64')}`;
  const headers = { ...request.headers, authorization };
  const { status, body } = await handleOss(world, account, { ...request, headers });
  return {
    status,
    code: /<Code>(\w+)</.exec(String(body))?.[1],
    message: /<Message>(.*)<\/Message>/.exec(String(body))?.[1],
    object,
    kept: () => keptIn(world, account.uid, object),
  };
}

const keptIn = (world: Cloud['world'], uid: string, object: string) =>
  world.uploads.find(uid, world.uploads.bucket, object)?.toString();

describe('PutObject', () => {
  it('keeps what the token was made for', async () => {
    const uploaded = await put(emptyCloud());
    expect(uploaded).toMatchObject({ status: 200 });
    expect(uploaded.kept()).toBe('a package');
  });

  it('the bucket may stand in the signature only', async () => {
    const uploaded = await put(emptyCloud(), { headers: { host: '127.0.0.1:7000' } });
    expect(uploaded.status).toBe(200);
  });

  it.each([
    ['another object', { object: 'elsewhere' }, 403, 'AccessDenied'],
    ['another bucket', { bucket: 'another-bucket' }, 403, 'AccessDenied'],
    ['a reading', { method: 'GET' }, 405, 'MethodNotAllowed'],
    ['a wrong secret', { secret: 'wrong' }, 403, 'SignatureDoesNotMatch'],
    ['a wrong token', { token: 'wrong' }, 403, 'InvalidSecurityToken'],
    ['a date of yesterday', { date: 'Sun, 22 Nov 2026 10:00:00 GMT' }, 403, 'RequestTimeTooSkewed'],
    [
      'a digest of something else',
      { headers: { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' } },
      400,
      'InvalidDigest',
    ],
  ] as const)('%s is refused', async (_what, otherwise, status, code) => {
    const uploaded = await put(emptyCloud(), otherwise);
    expect(uploaded).toMatchObject({ status, code });
    expect(uploaded.kept()).toBeUndefined();
  });

  it.each([
    [{ method: 'GET' }, /GetObject of Object Storage Service\. Near it: PutObject\. All that it has: docs/],
    [{ method: 'DELETE' }, /DeleteObject of/],
    [{ method: 'GET', object: '' }, /ListObjects of/],
    [{ method: 'PUT', object: '' }, /PutBucket of/],
    [{ method: 'GET', query: 'acl' }, /GET Object \?acl of/],
  ] as const)('%j is answered by its name', async (otherwise, said) => {
    const cloud = emptyCloud();
    expect((await put(cloud, otherwise)).message).toMatch(said);
    expect(cloud.world.journal.calls.at(-1)?.operation).not.toBe('Unknown');
  });

  it('the latest packages are kept, not all', async () => {
    const cloud = emptyCloud();
    const first = await put(cloud);
    for (let n = 0; n < 16; n += 1) await put(cloud);
    expect(first.kept()).toBeUndefined();
  });
});

describe('GetTempBucketToken', () => {
  it('its keys can do nothing else', async () => {
    const { world, account } = emptyCloud();
    const { credentials } = world.uploads.token(account.uid);
    const { accessKeyId, accessKeySecret } = credentials;
    const client = new DeployClient(endpointOf(world, account), { accessKeyId, accessKeySecret });
    await expect(client.call('GET', '/functions')).rejects.toMatchObject({ status: 403 });
  });

  it('is refused in the words of 2016-08-15', async () => {
    const { world, account, clock } = emptyCloud();
    const { keys } = addUser(account, 'nobody');
    const request: RestRequest = {
      method: 'GET',
      path: '/2016-08-15/tempBucketToken',
      target: '/2016-08-15/tempBucketToken',
      query: new URLSearchParams(),
      headers: { date: new Date(clock.now()).toUTCString() },
      body: Buffer.alloc(0),
    };
    const signature = createHmac('sha256', keys.accessKeySecret)
      .update(fcStringToSign(request))
      .digest('base64');
    const headers = { ...request.headers, authorization: `FC ${keys.accessKeyId}:${signature}` };
    const { status, body } = await handleFc(world, account, { ...request, headers });
    expect(status).toBe(403);
    expect(JSON.parse(String(body))).toEqual({ ErrorCode: 'AccessDenied', ErrorMessage: expect.any(String) });
  });
});
