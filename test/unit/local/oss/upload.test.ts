import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConnectionLost, type WeatherCall } from '../../../../local/cloud/weather.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { addUser, everything } from '../../../kit/two-accounts.ts';
import { emptyCloud, REGION } from '../fc/setup.ts';
import { keptIn, put } from './put.ts';

const REQUEST_ID = /^[0-9A-F]{24}$/;

describe('PutObject', () => {
  it('keeps what the token was made for', async () => {
    const cloud = emptyCloud();
    const uploaded = await put(cloud);
    const md5 = createHash('md5').update('a package').digest();
    expect(uploaded).toMatchObject({ status: 200, body: '' });
    expect(uploaded.headers).toEqual({
      'x-oss-request-id': expect.stringMatching(REQUEST_ID),
      etag: `"${md5.toString('hex').toUpperCase()}"`,
      'content-md5': md5.toString('base64'),
    });
    expect(uploaded.kept()).toBe('a package');
    expect(cloud.world.journal.calls.at(-1)).toMatchObject({
      service: 'oss',
      operation: 'PutObject',
      kind: 'write',
      accountId: cloud.account.uid,
      status: 200,
    });
  });

  it('is in XML where it is refused', async () => {
    const { headers, body } = await put(emptyCloud(), { secret: 'wrong' });
    expect(headers).toEqual({
      'content-type': 'application/xml',
      'x-oss-request-id': expect.stringMatching(REQUEST_ID),
    });
    expect(body).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SignatureDoesNotMatch</Code>',
        '<Message>The request signature we calculated does not match the signature you provided.</Message>',
        `<RequestId>${headers?.['x-oss-request-id']}</RequestId></Error>`,
      ].join(''),
    );
  });

  it('is for the objects of the account that signs, at whatever address', async () => {
    const cloud = emptyCloud();
    const other = cloud.world.addAccount(REQUESTER);
    const { object } = await put({ ...cloud, account: other }, {}, cloud.account);
    expect(keptIn(cloud.world, REQUESTER, object)).toBe('a package');
    expect(cloud.world.uploads.find(OWNER, cloud.world.uploads.bucket, object)).toBeUndefined();
    expect(cloud.world.uploads.find(REQUESTER, 'another-bucket', object)).toBeUndefined();
    expect(cloud.world.journal.calls.at(-1)?.accountId).toBe(REQUESTER);
  });

  it('meets the weather, which sees the bucket and the object', async () => {
    const cloud = emptyCloud();
    const seen: WeatherCall[] = [];
    const matches = (call: WeatherCall) => seen.push(call) > 0;
    cloud.world.weather.faults = [{ at: 'dropped', matches }];
    await expect(put(cloud)).rejects.toThrow(ConnectionLost);
    const { accessKeyId, input, ...call } = seen[0] ?? {};
    expect(call).toEqual({ service: 'oss', operation: 'PutObject' });
    expect(cloud.world.sts.session(String(accessKeyId))?.accountId).toBe(OWNER);
    expect(input).toEqual({
      bucket: `fc-temp-code-${REGION}`,
      object: expect.stringMatching(`^${OWNER}/`),
    });
  });

  it('a key without a token puts nothing', async () => {
    const cloud = emptyCloud();
    const { keys } = addUser(cloud.account, 'someone', everything);
    expect(await put(cloud, { keys })).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: 'You have no right to access this object.',
    });
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

  it('the latest packages are kept, not all', async () => {
    const cloud = emptyCloud();
    const first = await put(cloud);
    for (let n = 0; n < 15; n += 1) await put(cloud);
    expect(first.kept()).toBe('a package');
    await put(cloud);
    expect(first.kept()).toBeUndefined();
  });
});
