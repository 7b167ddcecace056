import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { handleFc } from '../../../../local/cloud/fc/index.ts';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import { fcStringToSign } from '../../../../local/cloud/signature/fc.ts';
import { DeployClient } from '../../../../local/deploy/client.ts';
import { endpointOf } from '../../../../local/deploy/endpoint.ts';
import { addUser } from '../../../kit/two-accounts.ts';
import { emptyCloud } from '../fc/setup.ts';

describe('GetTempBucketToken', () => {
  it('its keys hold for half an hour, and were asked for with no other', async () => {
    const { world, account } = emptyCloud();
    const { credentials } = world.uploads.token(account.uid);
    const { accessKeyId, expiration } = credentials;
    expect(expiration).toBe('2026-11-23T10:30:00Z');
    expect(world.sts.originOf(accessKeyId)).toBe(accessKeyId);
    expect(world.sts.session(accessKeyId)).toMatchObject({ sourceIdentity: null, askedBy: '' });
  });

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
