import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { ApiError } from '../../../../local/cloud/error.ts';
import { MAX_BODY } from '../../../../local/cloud/http/receive.ts';
import { openDoor } from '../../../../local/cloud/http/server.ts';
import { type RpcOperation, rpcOperation } from '../../../../local/cloud/operation.ts';
import { rpcOperations } from '../../../../local/cloud/operations.ts';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import type { Fault } from '../../../../local/cloud/weather.ts';
import { ConnectionLost } from '../../../../local/cloud/weather.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addRole, twoAccounts } from '../../../kit/two-accounts.ts';
import { altered, rpcV1 } from '../signature/sign.ts';
import { callApi, refused } from './clients.ts';
import { opened, services } from './setup.ts';

const getRole = { version: '2015-05-01', action: 'GetRole', query: { RoleName: 'x' } };

/** Sends a request as it stands, whatever is wrong with it. */
async function send(url: string, { method, target, headers, body }: RestRequest) {
  const { host: _host, ...others } = headers;
  const response = await fetch(url + target, {
    method,
    headers: others,
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(await response.text()) as Record<string, unknown>,
  };
}

const plain = (target: string, method = 'GET', body = ''): RestRequest => {
  const [path = '', query = ''] = target.split('?');
  return { method, target, path, query: new URLSearchParams(query), headers: {}, body: Buffer.from(body) };
};

describe('routes', () => {
  it.each([
    ['/queues', 'mns'],
    ['/queues/q/messages?waitseconds=1', 'mns'],
    ['/topics/t', 'mns'],
    ['/2016-08-15/services', 'fc'],
    ['/2023-03-30/functions/f/invocations', 'fc'],
  ])('%s goes to %s', async (path, service) => {
    const { door } = await opened();
    expect(await (await fetch(door.url + path)).text()).toBe(service);
  });

  it.each(['/queuesx', '/2024-01-01/functions', '/elsewhere'])('%s is refused by name', async (path) => {
    const { door, world } = await opened();
    const { status, body } = await send(door.url, plain(path));
    expect([status, body['Code']]).toEqual([404, 'InvalidAction.NotFound']);
    expect(body['Message']).toContain(path);
    expect(world.journal.calls).toMatchObject([
      { service: 'unknown', operation: `GET ${path}`, status: 404 },
    ]);
  });

  it('without Function Compute its paths are refused', async () => {
    const { door } = await opened({ services: { fc: null } });
    expect((await send(door.url, plain('/2023-03-30/functions'))).body['Code']).toBe(
      'InvalidAction.NotFound',
    );
  });
});

describe('what is unknown is refused', () => {
  it.each([
    ['an operation', { ...getRole, action: 'GetRoles' }, '404 InvalidAction.NotFound'],
    ['an operation in another case', { ...getRole, action: 'getRole' }, '404 InvalidAction.NotFound'],
    ['a version', { ...getRole, version: '2015-05-02' }, '400 InvalidVersion'],
    ['an operation of another version', { ...getRole, version: '2015-04-01' }, '404 InvalidAction.NotFound'],
    ['a ROA operation at /', { version: '2022-06-01', action: 'ListInstances' }, '400 InvalidVersion'],
    [
      'another operation at a ROA path',
      {
        version: '2022-06-01',
        action: 'DeleteInstance',
        style: 'ROA',
        pathname: '/api/v1/instances',
        json: {},
      },
      '404 InvalidAction.NotFound',
    ],
    [
      'another version at a ROA path',
      {
        version: '2022-06-02',
        action: 'ListInstances',
        style: 'ROA',
        pathname: '/api/v1/instances',
        json: {},
      },
      '400 InvalidVersion',
    ],
  ] as const)('%s', async (_what, call, expected) => {
    const { door, keys, world } = await opened();
    expect(await refused(callApi(door, keys, call))).toBe(expected);
    expect(world.journal.calls).toHaveLength(1);
  });

  it('is told by name, with what is near and where the list is', async () => {
    const { door, keys } = await opened();
    const asked = rpcV1(keys, Date.now(), { Action: 'GetRoleX' });
    const { body } = await send(door.url, asked);
    expect(body['Message']).toContain('no operation "GetRoleX" of version "2015-05-01"');
    expect(body['Message']).toMatch(/Near it: GetRole, .*docs\/use\/local-cloud\.md/);
    const vendors = rpcV1(keys, Date.now(), { Action: 'CreateLoginProfile' });
    expect((await send(door.url, vendors)).body['Message']).toContain(
      'no operation "CreateLoginProfile" of version "2015-05-01", which the vendor has in ram. Near it:',
    );
    const nothingLike = rpcV1(keys, Date.now(), { Action: 'Z' });
    expect((await send(door.url, nothingLike)).body['Message']).not.toContain('Near it');
  });

  it('no action, no version, another method, another format', async () => {
    const { door, keys } = await opened();
    const code = async (request: RestRequest) => (await send(door.url, request)).body['Code'];
    const now = Date.now();
    expect(await code(plain('/?Version=2015-05-01'))).toBe('MissingAction');
    expect(await code(plain('/?Action=GetRole'))).toBe('MissingVersion');
    expect(await code(plain('/?Action=GetRole&Version=2015-05-01', 'DELETE'))).toBe('UnsupportedHTTPMethod');
    expect(await code(rpcV1(keys, now, { Format: 'YAML' }))).toBe('InvalidParameter.Format');
  });
});

describe('the operation comes from where the signature is', () => {
  it('headers and parameters that differ are refused', async () => {
    const { door, keys } = await opened();
    const signed = rpcV1(keys, Date.now(), { RoleName: 'x' });
    const turned = altered(signed, { 'x-acs-action': 'DeleteRole' });
    expect((await send(door.url, turned)).body['Code']).toBe('InvalidParameter.Action');
  });

  it('unsigned headers do not name it', async () => {
    const { door } = await opened();
    const { body } = await send(door.url, {
      ...plain('/'),
      headers: { 'x-acs-action': 'GetRole', 'x-acs-version': '2015-05-01' },
    });
    expect(body['Code']).toBe('MissingAction');
  });
});

describe('the answer', () => {
  it('carries a request id of its own', async () => {
    const { door, keys, owner } = await opened();
    addRole(owner, 'x', {});
    const [one, two] = [await callApi(door, keys, getRole), await callApi(door, keys, getRole)];
    expect(one['RequestId']).toMatch(/^[0-9A-F]{8}-[0-9A-F-]{27}$/);
    expect(two['RequestId']).not.toBe(one['RequestId']);
  });

  it("of an error is the vendor's", async () => {
    const { door, keys } = await opened();
    const signed = rpcV1(keys, Date.now(), { RoleName: 'nobody' });
    const { status, headers, body } = await send(door.url, signed);
    expect(status).toBe(404);
    expect(headers.get('content-type')).toBe('application/json;charset=utf-8');
    expect(headers.get('x-acs-request-id')).toBe(body['RequestId']);
    expect(body).toEqual({
      RequestId: expect.any(String),
      HostId: new URL(door.url).host,
      Code: 'EntityNotExist.Role',
      Message: 'The role does not exist.',
      Recommend: 'https://api.aliyun.com/troubleshoot?q=EntityNotExist.Role',
    });
  });

  it.each([
    ['missing', {}, 'MissingParameter', 'RoleName'],
    ['empty', { RoleName: '' }, 'MissingParameter', 'RoleName'],
    ['wrong', { RoleName: 'no_underscore' }, 'InvalidParameter.RoleName.InvalidChars', 'RoleName'],
    ['too long', { RoleName: 'x'.repeat(65) }, 'InvalidParameter.RoleName.Length', 'RoleName'],
  ])('names a parameter that is %s', async (_what, parameters, code, named) => {
    const { door, keys } = await opened();
    const { status, body } = await send(door.url, rpcV1(keys, Date.now(), parameters));
    expect([status, body['Code']]).toEqual([400, code]);
    expect(body['Message']).toContain(named);
  });
});

describe('the journal', () => {
  it('holds every call, with who, for whom and what came of it', async () => {
    const { door, keys, caller, owner, world } = await opened();
    addRole(owner, 'x', {});
    await callApi(door, keys, getRole);
    await refused(callApi(door, keys, { ...getRole, query: { RoleName: 'y' } }));
    await refused(callApi(door, { ...keys, accessKeySecret: 'guess' }, getRole));
    expect(world.journal.calls).toMatchObject([
      {
        service: 'ram',
        operation: 'GetRole',
        kind: 'read',
        accountId: OWNER,
        caller,
        status: 200,
        code: null,
      },
      { caller, status: 404, code: 'EntityNotExist.Role' },
      { caller: null, status: 400, code: 'SignatureDoesNotMatch' },
    ]);
    const [first, second] = world.journal.calls;
    expect(first?.begin).toBeLessThan(first?.end ?? 0);
    expect(first?.end).toBeLessThan(second?.begin ?? 0);
  });

  it('and the answers hold no secret', async () => {
    const { door, keys, world } = await opened();
    await refused(callApi(door, { ...keys, accessKeySecret: 'guess' }, getRole));
    const { body } = await send(door.url, rpcV1({ ...keys, securityToken: 'a-token' }, Date.now()));
    const told = JSON.stringify([world.journal.calls, body]);
    expect(told).not.toContain(keys.accessKeySecret);
    expect(told).not.toContain('a-token');
  });
});

describe('the weather', () => {
  const fault = (at: Fault['at'], error?: ApiError): Fault => ({
    matches: (call) => call.operation === 'DeleteRole',
    at,
    ...(error === undefined ? {} : { error }),
  });
  const deleteRole = { ...getRole, action: 'DeleteRole' };

  it.each([
    ['before', '429 Throttling.User', true],
    ['after', '429 Throttling.User', false],
  ] as const)('an error %s the effect', async (at, expected, remains) => {
    const { door, keys, owner, world } = await opened();
    addRole(owner, 'x', {});
    world.weather.faults.push(
      fault(at, new ApiError(429, 'Throttling.User', 'Request was denied due to user flow control.')),
    );
    expect(await refused(callApi(door, keys, deleteRole))).toBe(expected);
    expect(owner.ram.findRole('x') !== undefined).toBe(remains);
  });

  it.each([
    ['lost', false],
    ['dropped', true],
  ] as const)('a connection that is %s', async (at, remains) => {
    const { door, keys, owner, world } = await opened();
    addRole(owner, 'x', {});
    world.weather.faults.push(fault(at));
    await expect(callApi(door, keys, deleteRole)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(owner.ram.findRole('x') !== undefined).toBe(remains);
    expect(world.journal.calls.at(-1)).toMatchObject({ status: 0, code: 'ConnectionLost' });
  });

  it('a handler that loses the connection', async () => {
    const mns = async () => {
      throw new ConnectionLost('lost');
    };
    const { door } = await opened({ services: { mns } });
    await expect(fetch(`${door.url}/queues`)).rejects.toThrow('fetch failed');
  });

  it('sees the parameters, without key, token and signature', async () => {
    const { door, keys, world } = await opened();
    const seen: object[] = [];
    world.weather.faults.push({ at: 'before', matches: (call) => seen.push(call) < 0 });
    await send(door.url, rpcV1(keys, Date.now(), { RoleName: 'x' }));
    expect(seen).toEqual([
      { service: 'ram', operation: 'GetRole', accessKeyId: keys.accessKeyId, input: { RoleName: 'x' } },
    ]);
  });
});

describe('a crash', () => {
  const crashing: RpcOperation = rpcOperation({
    service: 'x',
    version: '2000-01-01',
    name: 'Crash',
    kind: 'read',
    page: 'none',
    input: z.object({}),
    permission: () => null,
    run: () => {
      throw new Error('the inner reason');
    },
  });
  const call = { version: '2000-01-01', action: 'Crash' };

  it.each([true, false])('is an InternalError without its reason; debug %s', async (debug) => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { door, keys, world } = await opened({ services: { rpc: [crashing] }, debug });
    const failed = callApi(door, keys, call);
    await expect(failed).rejects.toMatchObject({ statusCode: 500, code: 'InternalError' });
    await expect(failed).rejects.not.toThrow('the inner reason');
    const written = stderr.mock.calls.map(([text]) => String(text)).join('');
    stderr.mockRestore();
    expect(written.includes('the inner reason')).toBe(debug);
    expect(world.journal.calls.at(-1)).toMatchObject({ status: 500, code: 'InternalError' });
  });

  it('of Message Service is XML, which its clients take for an error', async () => {
    const mns = async () => {
      throw new TypeError('inner');
    };
    const { door } = await opened({ services: { mns } });
    const response = await fetch(`${door.url}/queues`);
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toBe('text/xml;charset=utf-8');
    expect(await response.text()).toContain('<Code>InternalError</Code>');
  });
});

describe('the server', () => {
  it('refuses a body over 1 MB', async () => {
    const { door } = await opened();
    const body = 'x'.repeat(MAX_BODY + 1);
    const { status, body: told } = await send(door.url, plain('/queues', 'POST', body));
    expect([status, told['Code']]).toEqual([413, 'RequestEntityTooLarge']);
  });

  it('refuses a path that cannot be read', async () => {
    const { door } = await opened();
    expect((await send(door.url, plain('/%zz'))).body['Code']).toBe('InvalidURI');
  });

  it('keeps a connection alive and ends it at once when it closes', async () => {
    const { world, owner } = twoAccounts(new TestClock());
    const door = await openDoor(world, owner, services);
    const socket = connect(Number(new URL(door.url).port), '127.0.0.1');
    const answered = new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(String(bytes))));
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.write('GET /queues HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await answered).toMatch(/^HTTP\/1\.1 200 /);
    socket.write('GET /queues HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise<void>((resolve) => socket.once('data', () => resolve()));
    socket.resume();
    await door.close();
    await ended;
    await expect(fetch(door.url)).rejects.toThrow('fetch failed');
  });

  it('listens on the port that it is given', async () => {
    const { world, owner } = twoAccounts(new TestClock());
    const first = await openDoor(world, owner, services);
    const port = Number(new URL(first.url).port);
    await expect(openDoor(world, owner, services, { port })).rejects.toThrow('EADDRINUSE');
    await first.close();
  });
});

it('every operation is declared once, SelectDB and ClickHouse aside', () => {
  const names = rpcOperations.map((o) => `${o.version} ${o.name}`);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  expect(twice).toEqual(['2023-05-22 DescribeDBInstances']);
});
