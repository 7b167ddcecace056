import { describe, expect, it } from 'vitest';
import type { RestRequest, RestResponse } from '../../../local/cloud/rest.ts';
import { DeployClient, DeployError, type Keys } from '../../../local/deploy/client.ts';
import { REGION } from './host/setup.ts';

const KEYS = { accessKeyId: 'id', accessKeySecret: 'secret' };
const TOKEN = JSON.stringify({
  credentials: { AccessKeyId: 'i', AccessKeySecret: 's', SecurityToken: 't' },
  ossBucket: 'bucket',
  objectName: 'code',
});

/** A client whose requests are kept and answered like this. */
function clientOf(answer: Partial<RestResponse>, keys: Keys = KEYS, oss: Partial<RestResponse> = {}) {
  const sent: RestRequest[] = [];
  const answered = (of: Partial<RestResponse>) => async (request: RestRequest) => {
    sent.push(request);
    return { status: 200, headers: {}, body: '', ...of };
  };
  const at = { uid: '1', region: REGION, now: () => 0, fc: answered(answer), oss: answered(oss) };
  return { client: new DeployClient(at, keys), sent };
}

describe('a client of the deployment', () => {
  it('sends a body of JSON, under the signature of its keys', async () => {
    const { client, sent } = clientOf({ body: '{"a":1}' }, { ...KEYS, securityToken: 'token' });
    expect(await client.call('PUT', '/functions/f', { é: 1 }, { q: 'x' })).toEqual({ a: 1 });
    expect(sent).toEqual([
      {
        method: 'PUT',
        path: '/2023-03-30/functions/f',
        target: '/2023-03-30/functions/f',
        query: new URLSearchParams({ q: 'x' }),
        headers: {
          'x-fc-security-token': 'token',
          date: 'Thu, 01 Jan 1970 00:00:00 GMT',
          'content-type': 'application/json',
          'content-md5': expect.stringMatching(/^[\w+/]{22}==$/),
          authorization: expect.stringMatching(/^FC id:[\w+/]{43}=$/),
        },
        body: Buffer.from('{"é":1}', 'utf8'),
      },
    ]);
  });

  it('sends no token and no body where there are none', async () => {
    const { client, sent } = clientOf({ status: 204 });
    expect(await client.call('DELETE', '/functions/f')).toEqual({});
    expect(Object.keys(sent[0]?.headers ?? {})).toEqual([
      'date',
      'content-type',
      'content-md5',
      'authorization',
    ]);
    expect(sent[0]?.body.length).toBe(0);
  });

  it.each([
    [{ status: 404, body: '{"Code":"FunctionNotFound"}' }, null],
    [{ status: 299, body: '"x"' }, 'x'],
  ])('answers %j with %j', async (answer, value) => {
    expect(await clientOf(answer).client.call('GET', '/f')).toEqual(value);
  });

  it.each([
    ['{"Code":"C","Message":"M"}', 'GET /2023-03-30/f: C: M', 'C'],
    ['{"ErrorCode":"C","ErrorMessage":"M"}', 'GET /2023-03-30/f: C: M', 'C'],
    ['{}', 'GET /2023-03-30/f: : ', ''],
    ['null', 'GET /2023-03-30/f: : ', ''],
    ['5', 'GET /2023-03-30/f: : ', ''],
  ])('tells the refusal %s', async (body, message, code) => {
    for (const status of [300, 403]) {
      const failed = await clientOf({ status, body })
        .client.call('GET', '/f')
        .catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(DeployError);
      expect(failed).toMatchObject({ name: 'DeployError', message, status, code });
    }
  });

  it('uploads a package to where it is told to, and says where it is', async () => {
    const { client, sent } = clientOf({ body: TOKEN });
    const where = await client.upload(Buffer.from('zip'));
    expect(where).toEqual({ ossBucketName: 'bucket', ossObjectName: '1/code' });
    expect(sent.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'GET /2016-08-15/tempBucketToken',
      'PUT /1/code',
    ]);
    expect(sent[1]?.headers).toEqual({
      host: `bucket.oss-${REGION}.aliyuncs.com`,
      date: 'Thu, 01 Jan 1970 00:00:00 GMT',
      'x-oss-security-token': 't',
      authorization: expect.stringMatching(/^OSS i:[\w+/]{27}=$/),
    });
    const refused = clientOf({ body: TOKEN }, KEYS, { status: 403, body: 'no' }).client.upload(
      Buffer.from('zip'),
    );
    await expect(refused).rejects.toMatchObject({ message: 'upload: PutObject: no', status: 403 });
  });
});
