import {
  CreateAccessKeyRequest,
  CreateUserRequest,
  DeleteAccessKeyRequest,
  DeleteUserRequest,
} from '@alicloud/ram20150501';
import { describe, expect, it } from 'vitest';
import { fc2Client, ramClient } from './clients.ts';
import { refused } from './refused.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const client = fc2Client(cloud);
const path = `/functions/${cloud.echo()}`;
const none = `/functions/${cloud.name('none')}`;

describe('InvokeFunction', () => {
  const invoke = (event: string | Buffer, headers: Record<string, string> = {}) =>
    client.post(`${path}/invocations`, event, headers);

  it('answers with what the function returned', async () => {
    const answer = await invoke('{"a":"説明"}');
    expect(String(answer.data)).toBe('{"a":"説明"}');
    expect(answer.headers).not.toHaveProperty('x-fc-error-type');
    expect(answer.headers['x-fc-request-id']).toMatch(/^1-/);
  });

  it('a function that throws is an answer all the same', async () => {
    const answer = await invoke('throw');
    expect(answer.headers['x-fc-error-type']).toBe('UnhandledInvocationError');
    const told: unknown = typeof answer.data === 'string' ? JSON.parse(answer.data) : answer.data;
    expect(told).toMatchObject({ errorMessage: 'told to', errorType: 'Error' });
  });

  it('an asynchronous call is accepted', async () => {
    const answer = await invoke('later', { 'x-fc-invocation-type': 'Async' });
    expect(answer.data).toBe('');
    expect(answer.headers).not.toHaveProperty('x-fc-error-type');
    expect(answer.headers['x-fc-request-id']).toMatch(/^1-/);
  });

  it('the end of the log comes back', async () => {
    const { headers } = await invoke('four', { 'x-fc-log-type': 'Tail' });
    const log = Buffer.from(headers['x-fc-log-result'] ?? '', 'base64').toString('utf8');
    expect(log).toContain('conformance 4');
  });

  it('refusals', async () => {
    expect(await refused(client.post(`${none}/invocations`, 'x'))).toBe('404');
    expect(await refused(invoke('x', { 'x-fc-invocation-type': 'Later' }))).toBe('400');
    const big = Buffer.alloc(128 * 1024 + 1, 'x');
    expect(await refused(invoke(big, { 'x-fc-invocation-type': 'Async' }))).toMatch(/^4(00|13)$/);
  });
});

describe('GetFunction, ListFunctions, ListTriggers', () => {
  it('the function is found, in the list too', async () => {
    const { data } = await client.get(path);
    expect(data).toMatchObject({
      functionName: cloud.echo(),
      functionArn: expect.stringContaining(`:${cloud.uid}:functions/${cloud.echo()}`),
      runtime: 'nodejs20',
    });
    const prefix = cloud.echo();
    expect((await client.get('/functions', { prefix, limit: '1' })).data).toMatchObject({
      functions: [{ functionName: cloud.echo() }],
    });
    expect((await client.get(`${path}/triggers`)).data).toMatchObject({ triggers: expect.any(Array) });
  });

  it('refusals', async () => {
    expect(await refused(client.get(none))).toBe('404');
    expect(await refused(client.get(`${none}/triggers`))).toBe('404');
    expect(await refused(client.get('/functions', { limit: '101' }))).toBe('400');
  });
});

it('a user without rights is refused', async () => {
  const ram = ramClient(cloud);
  const userName = cloud.name('stranger');
  cloud.cleanup.add(`user ${userName}`, () => ram.deleteUser(new DeleteUserRequest({ userName })));
  await ram.createUser(new CreateUserRequest({ userName }));
  const { body } = await cloud.eventually(() =>
    ram.createAccessKey(new CreateAccessKeyRequest({ userName })),
  );
  const { accessKeyId = '', accessKeySecret = '' } = body?.accessKey ?? {};
  const key = new DeleteAccessKeyRequest({ userName, userAccessKeyId: accessKeyId });
  cloud.cleanup.add(`a key of ${userName}`, () => ram.deleteAccessKey(key));
  const stranger = fc2Client(cloud, { accessKeyId, accessKeySecret });
  await cloud.eventually(async () => {
    expect(await refused(stranger.get(path))).toBe('403');
    expect(await refused(stranger.post(`${path}/invocations`, 'x'))).toBe('403');
  });
});
