import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../local/cloud/error.ts';
import { ConnectionLost } from '../../../../local/cloud/weather.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { addUser } from '../../../kit/two-accounts.ts';
import { bareCloud, NOW } from './bare.ts';

const FC = `acs:fc:cn-hangzhou:${OWNER}`;
const ID = new RegExp(`^1-${(NOW / 1000).toString(16)}-fc-[0-9a-f]+$`);

describe('the place for an upload', () => {
  const version = '2016-08-15';

  it('is told with keys for it', async () => {
    const { ask, world } = bareCloud();
    const { credentials, bucket } = world.uploads.token(OWNER);
    const { status, body } = await ask('GET /tempBucketToken', undefined, { version });
    expect([status, body]).toStrictEqual([
      200,
      {
        credentials: {
          AccessKeyId: expect.stringMatching(/^STS\./),
          AccessKeySecret: expect.stringMatching(/./),
          SecurityToken: expect.stringMatching(/./),
          Expiration: credentials.expiration,
        },
        ossBucket: bucket,
        objectName: expect.stringMatching(/^[^/]+$/),
      },
    ]);
  });

  it('needs the right to everything, and is refused in the words of that version', async () => {
    const { ask, owner } = bareCloud();
    const right = { Effect: 'Allow', Action: 'fc:GetTempBucketToken' } as const;
    const { keys } = addUser(owner, 'scoped', { ...right, Resource: `${FC}:*` });
    expect(await ask('GET /tempBucketToken', undefined, { keys, version })).toMatchObject({
      status: 403,
      body: { ErrorCode: 'AccessDenied', ErrorMessage: expect.stringContaining('not authorized') },
    });
    const { keys: free } = addUser(owner, 'free', { ...right, Resource: '*' });
    expect((await ask('GET /tempBucketToken', undefined, { keys: free, version })).status).toBe(200);
  });
});

it('the weather sees function and trigger; a lost connection has no answer', async () => {
  const { ask, made, world, admin } = bareCloud();
  await made();
  const seen: unknown[] = [];
  const matches = (call: unknown) => seen.push(call) > 0;
  const error = new ApiError(500, 'InternalServerError', 'later');
  world.weather.faults.push({ matches, at: 'before', error }, { matches, at: 'dropped' });
  const place = 'GET /functions/f/triggers/t';
  expect(await ask(place)).toMatchObject({
    status: 500,
    headers: { 'content-type': 'application/json', 'x-fc-request-id': expect.stringMatching(ID) },
    body: { Code: 'InternalServerError', Message: 'later' },
  });
  await expect(ask(place)).rejects.toThrow(ConnectionLost);
  expect(seen[0]).toEqual({
    service: 'fc',
    operation: 'GetTrigger',
    accessKeyId: admin.accessKeyId,
    input: { functionName: 'f', triggerName: 't' },
  });
});
