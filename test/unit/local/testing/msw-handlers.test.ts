import http from 'node:http';
import { request } from 'node:https';
import { createRequire } from 'node:module';
import type ram20150501 from '@alicloud/ram20150501';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rpcOperations } from '../../../../local/cloud/operations.ts';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import { type MswDoor, openMswDoor } from '../../../../local/testing/msw-handlers.ts';
import { on } from '../../../../local/testing/stub.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addRole, addUser, everything, type Keys, twoAccounts } from '../../../kit/two-accounts.ts';
import { fc2Client, popClient, ramClient, refused, stsClient } from '../http/clients.ts';

const load = createRequire(import.meta.url);
const { GetRoleRequest } = load('@alicloud/ram20150501') as typeof ram20150501;
const REGION = 'cn-hangzhou';
const ANYBODY = { RAM: [`acs:ram::${OWNER}:root`] };
const trust = {
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: ANYBODY }],
};

let door: MswDoor | null = null;

afterEach(() => {
  const open = door;
  door = null;
  open?.close();
});

function opened(services?: Parameters<typeof openMswDoor>[1]) {
  const cloud = twoAccounts(new TestClock(Date.now()));
  const user = addUser(cloud.owner, 'someone', everything);
  door = openMswDoor(cloud.world, services);
  return { ...cloud, ...user, door };
}

/** What the clients of the door's tests are pointed at: here the vendor's own address. */
const at = (host: string) => ({ url: `https://${host}`, close: async () => {} });

describe('clients of the vendor at their own hosts', () => {
  it('@alicloud/ram20150501 and @alicloud/sts20150401', async () => {
    const { keys, owner } = opened();
    addRole(owner, 'x', trust);
    const ram = ramClient(at('ram.aliyuncs.com'), keys);
    expect((await ram.getRole(new GetRoleRequest({ roleName: 'x' }))).body?.role?.roleName).toBe('x');
    const sts = stsClient(at(`sts.${REGION}.aliyuncs.com`), keys);
    expect((await sts.getCallerIdentity()).body?.accountId).toBe(OWNER);
  });

  it('over https as the clients do it without being told', async () => {
    const { keys, owner } = opened();
    addRole(owner, 'x', trust);
    const ram = load('@alicloud/ram20150501') as typeof ram20150501;
    const core = load('@alicloud/openapi-core');
    const client = new ram.default(new core.$OpenApiUtil.Config({ ...keys }));
    expect((await client.getRole(new GetRoleRequest({ roleName: 'x' }))).body?.role?.roleName).toBe('x');
  });

  it('@alicloud/pop-core, signature version 1', async () => {
    const { keys, owner } = opened();
    addRole(owner, 'x', trust);
    const client = popClient(at('ram.aliyuncs.com'), keys, '2015-05-01');
    const found = client.request('GetRole', { RoleName: 'x' }, { method: 'POST' });
    await expect(found).resolves.toMatchObject({ Role: { RoleName: 'x' } });
    client.keepAliveAgent.destroy();
  });

  it('@alicloud/mns, message bodies as they were sent', async () => {
    const { keys, owner } = opened();
    const client = messages(keys);
    owner.mns.addQueue('q');
    await client.sendMessage('q', { MessageBody: '中文 é 😀' });
    expect(owner.mns.queue('q').messages.map(({ body }) => body)).toEqual(['中文 é 😀']);
    expect(await client.receiveMessage('q', 0)).toMatchObject({ body: { MessageBody: '中文 é 😀' } });
  });

  it('@alicloud/fc2', async () => {
    const { keys, world } = opened();
    world.functions = {
      enqueue: async () => ({ requestId: '1' }),
      invoke: async ({ payload }) => ({ requestId: '1', body: Buffer.from(payload), errorType: null }),
      idle: async () => {},
    };
    const client = fc2Client(at(`${OWNER}.${REGION}.fc.aliyuncs.com`), keys, OWNER);
    client.version = '2023-03-30';
    const { data } = await client.post('/functions/echo/invocations', '{"a":"é"}');
    expect(data).toBe('{"a":"é"}');
  });
});

function messages(keys: Keys): Messages {
  const Client = load('@alicloud/mns') as new (accountId: string, config: object) => Messages;
  return new Client(OWNER, { ...keys, accessKeyID: keys.accessKeyId, region: REGION, secure: true });
}

interface Messages {
  sendMessage(queue: string, message: { MessageBody: string }): Promise<unknown>;
  receiveMessage(queue: string, waitSeconds: number): Promise<unknown>;
}

describe('what goes through', () => {
  it('bytes, header names and the target, both ways', async () => {
    const seen: RestRequest[] = [];
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
    opened({
      rpc: rpcOperations,
      fc: null,
      mns: async (_world, _account, received) => {
        seen.push(received);
        return { status: 201, headers: { 'X-Mixed-Case': 'Kept', 'content-type': 'a/b' }, body: bytes };
      },
    });
    const target = '/queues/q%20q?waitseconds=0&x=%2B%2F';
    const headers = { 'X-MNS-Version': '2015-06-06', Date: 'Tue, 11 Apr 2017 10:09:19 GMT' };
    const answer = await exchange(`${OWNER}.mns.${REGION}.aliyuncs.com`, target, headers, bytes);
    expect(seen[0]).toMatchObject({ method: 'PUT', target, path: '/queues/q q' });
    expect(seen[0]?.headers).toMatchObject({
      host: `${OWNER}.mns.${REGION}.aliyuncs.com`,
      'x-mns-version': '2015-06-06',
      date: 'Tue, 11 Apr 2017 10:09:19 GMT',
    });
    expect(seen[0]?.body.equals(bytes)).toBe(true);
    expect(answer.status).toBe(201);
    expect(answer.rawHeaders).toContain('X-Mixed-Case');
    expect(answer.body.equals(bytes)).toBe(true);
  });

  it('an answer without a body', async () => {
    opened({
      rpc: [],
      fc: null,
      mns: async () => ({ status: 204, headers: { 'x-mns-request-id': 'r' }, body: '' }),
    });
    const answer = await exchange(`${OWNER}.mns.${REGION}-internal.aliyuncs.com`, '/queues/q', {});
    expect([answer.status, answer.body.length]).toEqual([204, 0]);
  });

  it('to the loopback interface, untouched', async () => {
    opened();
    const server = http.createServer((_request, response) => response.end('real'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(await response.text()).toBe('real');
    server.closeAllConnections();
    server.close();
  });
});

describe('what does not go through', () => {
  const closed = (): string => {
    const open = door;
    door = null;
    try {
      open?.close();
    } catch (error) {
      return error instanceof Error ? error.message : 'thrown';
    }
    return 'closed in silence';
  };

  it.each([
    'example.com',
    'ram.cn-shanghai.aliyuncs.com',
    `oss.${REGION}.aliyuncs.com`,
    `3000000000000003.mns.${REGION}.aliyuncs.com`,
    `${OWNER}.cn-shanghai.fc.aliyuncs.com`,
  ])('a request to %s: its client fails, and so does closing', async (host) => {
    const printed = vi.spyOn(console, 'error').mockReturnValue();
    const { door } = opened();
    await expect(exchange(host, '/path?Signature=secret', {})).rejects.toMatchObject({
      code: 'ENOTFOUND',
      message: `getaddrinfo ENOTFOUND ${host}: the local cloud has no such host`,
    });
    expect(door.unmatched).toEqual([`PUT https://${host}/path`]);
    expect(closed()).toContain(host);
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  it('fetch to an unknown host', async () => {
    opened();
    await expect(fetch('https://example.com/x')).rejects.toThrow();
    await expect(fetch('https://example.com/y', { method: 'PUT' })).rejects.toThrow();
    expect(closed()).toBe('nobody answers at: GET https://example.com/x, PUT https://example.com/y');
  });

  it('an operation that nobody knows, and one of another product', async () => {
    const { keys } = opened();
    const ram = popClient(at('ram.aliyuncs.com'), keys, '2015-05-01');
    expect(await refused(ram.request('NoSuchThing'))).toBe('404 InvalidAction.NotFound');
    const sts = popClient(at(`sts.${REGION}.aliyuncs.com`), keys, '2015-05-01');
    expect(await refused(sts.request('GetRole', { RoleName: 'x' }))).toBe('400 InvalidVersion');
    const mns = popClient(at(`${OWNER}.mns.${REGION}.aliyuncs.com`), keys, '2015-05-01');
    expect(await refused(mns.request('GetRole', { RoleName: 'x' }))).toBe('404 InvalidProduct.NotFound');
    for (const client of [ram, sts, mns]) client.keepAliveAgent.destroy();
  });

  it('a queue at the host of functions', async () => {
    opened();
    const { status, rawHeaders, body } = await exchange(
      `${OWNER}.${REGION}.fc.aliyuncs.com`,
      '/queues/q',
      {},
    );
    expect([status, JSON.parse(String(body))]).toEqual([
      404,
      { Code: 'InvalidAction.NotFound', Message: 'This host does not serve that path.' },
    ]);
    expect(rawHeaders).toEqual(expect.arrayContaining(['content-type', 'application/json']));
  });

  it.each([`/queues/q`, `/2023-03-30/functions`])('%s at the host of RAM', async (path) => {
    opened();
    const { status, body } = await exchange('ram.aliyuncs.com', path, {});
    expect([status, JSON.parse(String(body)).Code]).toEqual([404, 'InvalidAction.NotFound']);
  });

  it('a wrong signature', async () => {
    const { keys } = opened();
    const client = ramClient(at('ram.aliyuncs.com'), { ...keys, accessKeySecret: 'guess' });
    expect(await refused(client.getRole(new GetRoleRequest({ roleName: 'x' })))).toBe(
      '400 SignatureDoesNotMatch',
    );
  });

  it('a connection that is lost is lost for the client, and nothing is printed', async () => {
    const printed = vi.spyOn(console, 'error').mockReturnValue();
    const { keys, world, owner } = opened();
    addRole(owner, 'x', trust);
    on(world, 'ram', 'GetRole').hangsUp('before', { times: 1 });
    const client = ramClient(at('ram.aliyuncs.com'), keys);
    const get = () => client.getRole(new GetRoleRequest({ roleName: 'x' }));
    await expect(get()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await get()).body?.role?.roleName).toBe('x');
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  it('nothing is in the way of a client once it is closed', () => {
    const before = { fetch: globalThis.fetch, request: http.request };
    const { door: open } = opened();
    expect(globalThis.fetch).not.toBe(before.fetch);
    expect(http.request).not.toBe(before.request);
    open.close();
    expect(globalThis.fetch).toBe(before.fetch);
    expect(http.request).toBe(before.request);
  });
});

interface Exchanged {
  readonly status: number;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

function exchange(
  hostname: string,
  path: string,
  headers: Record<string, string>,
  body: Buffer = Buffer.alloc(0),
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, path, method: 'PUT', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode = 0, rawHeaders } = response;
        resolve({ status: statusCode, rawHeaders, body: Buffer.concat(chunks) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
