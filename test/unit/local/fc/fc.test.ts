import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../../../local/cloud/error.ts';
import { fcOperations, handleFc } from '../../../../local/cloud/fc/index.ts';
import { openDoor } from '../../../../local/cloud/http/server.ts';
import { handleMns } from '../../../../local/cloud/mns/index.ts';
import { FunctionHost } from '../../../../local/host/host.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { deployYaml } from '../../../kit/deploy.ts';
import { addRole, addUser, everything, type Keys, twoAccounts } from '../../../kit/two-accounts.ts';
import { fc2, signed } from './client.ts';

const ECHO = `
  exports.handler = async (event, context) => {
    console.log('got %d bytes', event.length);
    if (event.toString() === 'throw') throw new Error('told to');
    return event;
  };`;

const FUNCTION = `acs:fc:cn-hangzhou:${OWNER}:functions/echo`;
const INVOKE = '/2023-03-30/functions/echo/invocations';

/** The owner's account behind a real door, with the function `echo` (a timer trigger on it) and `other`. */
async function cloud() {
  const accounts = twoAccounts(new TestClock(Date.now()));
  const { world, owner } = accounts;
  const root = mkdtempSync(join(tmpdir(), 'dms-handshake-fc-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist', 'index.js'), ECHO);
  const yaml = `
edition: 3.0.0
name: app
resources:
  echo:
    component: fc3
    props:
      { region: cn-hangzhou, functionName: echo, runtime: nodejs20, code: ./dist, timeout: 9, triggers: [
        { triggerName: tick, triggerType: timer, triggerConfig: { cronExpression: '@every 5m', enable: true } } ] }
  other:
    component: fc3
    props: { region: cn-hangzhou, functionName: other, runtime: nodejs20, code: ./dist }`;
  const host = new FunctionHost(world);
  await deployYaml(world, owner, yaml, root);
  onTestFinished(() => host.close());
  const door = await openDoor(world, owner, { rpc: [], mns: handleMns, fc: handleFc });
  onTestFinished(() => door.close());
  const admin = addUser(owner, 'admin', everything).keys;
  return { ...accounts, host, url: door.url, admin };
}

const clientOf = (url: string, keys: Keys) => fc2(OWNER, url, keys);

describe('InvokeFunction through @alicloud/fc2', () => {
  it('a synchronous call answers what the function returned', async () => {
    const { url, admin, world } = await cloud();
    const answer = await clientOf(url, admin).post('/functions/echo/invocations', 'hello');
    expect(answer.data).toBe('hello');
    expect(answer.headers).not.toHaveProperty('x-fc-error-type');
    expect(answer.headers['x-fc-request-id']).toMatch(/^1-/);
    expect(world.journal.calls).toMatchObject([
      { service: 'fc', operation: 'InvokeFunction', kind: 'write', status: 200, code: null },
    ]);
  });

  it('a throw is 200 with x-fc-error-type', async () => {
    const { url, admin } = await cloud();
    const answer = await clientOf(url, admin).post('/functions/echo/invocations', 'throw');
    expect(answer.headers['x-fc-error-type']).toBe('UnhandledInvocationError');
    expect(JSON.parse(String(answer.data))).toMatchObject({ errorMessage: 'told to', errorType: 'Error' });
  });

  it('an asynchronous call is accepted and runs', async () => {
    const { url, admin, host } = await cloud();
    const headers = { 'x-fc-invocation-type': 'Async' };
    const answer = await clientOf(url, admin).post('/functions/echo/invocations', 'later', headers);
    await host.idle();
    expect(answer.data).toBe('');
    expect(host.logs.map((l) => l.requestId)).toEqual([answer.headers['x-fc-request-id']]);
  });

  it('a session of a role signs with its token', async () => {
    const { url, owner, world } = await cloud();
    const { assumeAsService } = await import('../../../../local/cloud/sts/session.ts');
    const trust = {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['fc.aliyuncs.com'] } }],
    };
    const role = addRole(owner, 'caller', trust, {
      Effect: 'Allow',
      Action: 'fc:InvokeFunction',
      Resource: FUNCTION,
    });
    const request = {
      service: 'fc.aliyuncs.com',
      roleArn: role.arn,
      sessionName: 'test',
      durationSeconds: 900,
    };
    const keys = assumeAsService(world, request);
    expect((await clientOf(url, keys).post('/functions/echo/invocations', 'x')).data).toBe('x');
    await expect(clientOf(url, keys).post('/functions/other/invocations', 'x')).rejects.toThrow(
      'failed with 403',
    );
  });
});

describe('reading', () => {
  it('GetFunction, ListFunctions and ListTriggers', async () => {
    const { url, admin } = await cloud();
    const client = clientOf(url, admin);
    expect((await client.get('/functions/echo')).data).toMatchObject({
      functionName: 'echo',
      functionArn: FUNCTION,
      timeout: 9,
      runtime: 'nodejs20',
      state: 'Active',
    });
    expect((await client.get('/functions')).data).toMatchObject({
      functions: [{ functionName: 'echo' }, { functionName: 'other' }],
    });
    expect((await client.get('/functions/echo/triggers')).data).toMatchObject({
      triggers: [
        { triggerName: 'tick', triggerType: 'timer', triggerConfig: expect.stringContaining('@every 5m') },
      ],
    });
  });

  it('lists go by pages and prefix', async () => {
    const { url, admin } = await cloud();
    const client = clientOf(url, admin);
    const first = (await client.get('/functions', { limit: '1' })).data;
    expect(first).toMatchObject({ functions: [{ functionName: 'echo' }], nextToken: 'other' });
    const second = (await client.get('/functions', { limit: '1', nextToken: 'other' })).data;
    expect(second).toEqual({ functions: [expect.objectContaining({ functionName: 'other' })] });
    expect((await client.get('/functions', { prefix: 'ot' })).data).toMatchObject({
      functions: [{ functionName: 'other' }],
    });
  });

  it('x-fc-log-type: Tail brings the log back', async () => {
    const { url, admin } = await cloud();
    const { headers } = await signed(url, admin, 'POST', INVOKE, { 'x-fc-log-type': 'Tail' });
    const log = Buffer.from(headers.get('x-fc-log-result') ?? '', 'base64').toString('utf8');
    expect(log).toContain('got 0 bytes\n');
  });
});

describe('refusals', () => {
  const cases: [string, string, string, Record<string, string>, number, string][] = [
    ['an unknown function', 'POST', '/2023-03-30/functions/none/invocations', {}, 404, 'FunctionNotFound'],
    ['a version that is not there', 'POST', `${INVOKE}?qualifier=7`, {}, 404, 'FunctionNotFound'],
    [
      'a function to read that is not there',
      'GET',
      '/2023-03-30/functions/none',
      {},
      404,
      'FunctionNotFound',
    ],
    ['an unknown operation', 'DELETE', '/2023-03-30/layers/echo', {}, 400, 'PathNotSupported'],
    ['a wrong type', 'POST', INVOKE, { 'x-fc-invocation-type': 'Later' }, 400, 'InvalidArgument'],
    ['a wrong log type', 'POST', INVOKE, { 'x-fc-log-type': 'All' }, 400, 'InvalidArgument'],
    ['a wrong limit', 'GET', '/2023-03-30/functions?limit=0', {}, 400, 'InvalidArgument'],
    ['another account in the header', 'POST', INVOKE, { 'x-fc-account-id': '42' }, 403, 'AccessDenied'],
    [
      'a malformed task id',
      'POST',
      INVOKE,
      { 'x-fc-invocation-type': 'Async', 'x-fc-async-task-id': '9' },
      400,
      'InvalidArgument',
    ],
  ];
  it.each(cases)('%s', async (_name, method, path, headers, status, code) => {
    const { url, admin, host, world } = await cloud();
    const answer = await signed(url, admin, method, path, headers);
    expect(answer).toMatchObject({ status, code });
    expect(JSON.parse(answer.text)).toMatchObject({ RequestId: answer.headers.get('x-fc-request-id') });
    expect(host.logs).toEqual([]);
    expect(world.journal.calls).toMatchObject([{ service: 'fc', status }]);
  });

  it('a caller without the permission', async () => {
    const { url, owner, host } = await cloud();
    const { keys } = addUser(owner, 'reader', { Effect: 'Allow', Action: 'fc:Get*', Resource: '*' });
    expect(await signed(url, keys, 'POST', INVOKE)).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(await signed(url, keys, 'GET', '/2023-03-30/functions/echo')).toMatchObject({ status: 200 });
    expect(host.logs).toEqual([]);
  });

  it('an administrator of another account', async () => {
    const { url, requester, host } = await cloud();
    const { keys } = addUser(requester, 'admin', everything);
    expect(await signed(url, keys, 'POST', INVOKE)).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(host.logs).toEqual([]);
  });

  it('a wrong secret', async () => {
    const { url, admin, host } = await cloud();
    const keys = { ...admin, accessKeySecret: 'guessed' };
    expect(await signed(url, keys, 'POST', INVOKE)).toMatchObject({ status: 403, code: 'SignatureNotMatch' });
    expect(host.logs).toEqual([]);
  });

  it('an asynchronous payload over 128 KB', async () => {
    const { url, admin, host } = await cloud();
    const headers = { 'x-fc-invocation-type': 'Async' };
    const big = 'x'.repeat(128 * 1024 + 1);
    await expect(clientOf(url, admin).post('/functions/echo/invocations', big, headers)).rejects.toThrow(
      'with 400',
    );
    expect(host.logs).toEqual([]);
  });

  it('the same task id twice runs once', async () => {
    const { url, admin, host } = await cloud();
    const headers = { 'x-fc-invocation-type': 'Async', 'x-fc-async-task-id': 'once' };
    expect((await signed(url, admin, 'POST', INVOKE, headers)).status).toBe(202);
    expect(await signed(url, admin, 'POST', INVOKE, headers)).toMatchObject({
      status: 409,
      code: 'StatefulAsyncInvocationAlreadyExists',
    });
    await host.idle();
    expect(host.logs).toHaveLength(1);
  });

  it('the same task id runs once at every function, as at the vendor', async () => {
    const { url, admin, host } = await cloud();
    const headers = { 'x-fc-invocation-type': 'Async', 'x-fc-async-task-id': 'once' };
    for (const path of [INVOKE, INVOKE.replace('echo', 'other')])
      expect((await signed(url, admin, 'POST', path, headers)).status).toBe(202);
    await host.idle();
    expect(host.logs).toHaveLength(2);
  });

  it('nothing is deployed', async () => {
    const { url, admin, world } = await cloud();
    world.functions = null;
    for (const type of ['Sync', 'Async']) {
      const answer = await signed(url, admin, 'POST', INVOKE, { 'x-fc-invocation-type': type });
      expect(answer).toMatchObject({ status: 404, code: 'FunctionNotFound' });
    }
  });

  it('the weather strikes before the function runs', async () => {
    const { url, admin, host, world } = await cloud();
    const error = new ApiError(503, 'ResourceExhausted', 'no resources');
    world.weather.faults.push({ matches: (c) => c.operation === 'InvokeFunction', at: 'before', error });
    expect(await signed(url, admin, 'POST', INVOKE)).toMatchObject({
      status: 503,
      code: 'ResourceExhausted',
    });
    expect(host.logs).toEqual([]);
  });
});

it('every operation names its page, and an action of Function Compute', () => {
  for (const { page, name, action = `fc:${name}` } of fcOperations) {
    expect(page).toContain(name);
    expect(action).toMatch(/^fc:[A-Z][A-Za-z]+$/);
  }
});
