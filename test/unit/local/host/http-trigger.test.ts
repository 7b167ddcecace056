import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openHttpTrigger } from '../../../../local/host/http-trigger.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { type Bench, bench } from './setup.ts';

const http = (config: object = {}): object => ({
  triggerName: 'web',
  triggerType: 'http',
  triggerConfig: { authType: 'anonymous', methods: ['GET', 'POST'], ...config },
});

/** Answers with the event it got. */
const echo = `
  exports.handler = async (event) => ({
    statusCode: 201,
    headers: { 'X-Kind': 'echo', 'Content-Type': 'application/json', 'Content-Length': '1' },
    isBase64Encoded: false,
    body: event.toString(),
  });`;

const returning = (expression: string): string => `exports.handler = async (event) => ${expression};`;

async function open(b: Bench, source: string, trigger: object = http()): Promise<string> {
  await b.deploy({ web: { source, props: { triggers: [trigger] } } });
  const opened = await openHttpTrigger(b.host, b.account, 'web');
  onTestFinished(() => opened.close());
  return opened.url;
}

describe('the event', () => {
  it('of a request with a text body', async () => {
    const url = await open(bench(), echo);
    const headers = { 'content-type': 'application/json', 'x-many': 'a', 'user-agent': 'tester' };
    const response = await fetch(`${url}/a%20b?x=1&y=2&x=3`, { method: 'POST', headers, body: '{"é":1}' });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-kind')).toBe('echo');
    const requestId = response.headers.get('x-fc-request-id');
    expect(await response.json()).toMatchObject({
      version: 'v1',
      rawPath: '/a%20b',
      body: '{"é":1}',
      isBase64Encoded: false,
      headers: { 'Content-Type': 'application/json', 'X-Many': 'a' },
      queryParameters: { x: '1,3', y: '2' },
      requestContext: {
        accountId: OWNER,
        domainName: 'web.cn-hangzhou.fcapp.run',
        requestId,
        http: {
          method: 'POST',
          path: '/a b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'tester',
        },
        time: '2026-11-23T10:00:00Z',
        timeEpoch: String(Date.parse('2026-11-23T10:00:00Z')),
      },
    });
  });

  const binary: [string, Buffer, string][] = [
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0]), 'application/json'],
    ['a binary type', Buffer.from('plain'), 'application/octet-stream'],
    ['a form', Buffer.from('a=1'), 'application/x-www-form-urlencoded'],
    ['a JSON type that is not listed', Buffer.from('{}'), 'application/cloudevents+json'],
    ['an empty type', Buffer.from('{}'), ''],
  ];
  it.each(binary)('carries %s in base64', async (_name, body, type) => {
    const url = await open(bench(), echo);
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
    expect(await response.json()).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
  });
});

describe('what travels as text', () => {
  it.each([
    'text/plain',
    'text/csv; charset=utf-8',
    'application/json',
    'Application/JSON;charset=UTF-8',
    'application/ld+json',
    'application/xhtml+xml',
    'application/xml',
    'application/atom+xml',
    'application/javascript',
  ])('%s', async (type) => {
    const url = await open(bench(), echo);
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body: 'x' });
    expect(await response.json()).toMatchObject({ body: 'x', isBase64Encoded: false });
  });
});

describe('a request', () => {
  it('arrives without the headers of its connection and of the platform', async () => {
    const url = await open(bench(), echo);
    const response = await fetch(url, { headers: { 'x-fc-log-type': 'Tail', 'x-own': '1' } });
    const { headers } = (await response.json()) as { headers: Record<string, string> };
    expect(Object.keys(headers).filter((name) => /^(Connection|Keep-Alive|X-Fc-.*)$/.test(name))).toEqual([]);
    expect(headers['X-Own']).toBe('1');
  });

  it.each([
    ['8 KB of headers', '/', { 'x-long': 'a'.repeat(8_192) }, 431],
    ['4 KB of path and query', `/${'a'.repeat(4_096)}`, {}, 414],
  ])('of more than %s never reaches the function', async (_what, path, headers, status) => {
    const b = bench();
    const url = await open(
      b,
      `exports.handler = async () => { process.stdout.write('ran\\n'); return ''; };`,
    );
    expect((await fetch(`${url}${path}`, { headers })).status).toBe(status);
    expect(b.host.logs).toEqual([]);
  });

  it('whose sender hangs up is killed there, and no other is', async () => {
    const b = bench();
    const role = b.role('web', ['*']);
    const source = `
      exports.handler = async (event, context) => {
        const { rawPath } = JSON.parse(event);
        process.stdout.write(rawPath + ' ' + context.credentials.accessKeyId + '\\n');
        await globalThis.hangUpGate;
        process.stdout.write('end of ' + rawPath + '\\n');
        return { statusCode: 200, body: rawPath };
      };`;
    let go: () => void = () => undefined;
    Reflect.set(
      globalThis,
      'hangUpGate',
      new Promise<void>((resolve) => {
        go = resolve;
      }),
    );
    await b.deploy({ web: { source, props: { role, triggers: [http()] } } });
    const opened = await openHttpTrigger(b.host, b.account, 'web');
    onTestFinished(() => opened.close());
    const stays = fetch(`${opened.url}/stays`);
    const stop = new AbortController();
    const leaves = fetch(`${opened.url}/leaves`, { signal: stop.signal }).catch(() => 'gone');
    await vi.waitFor(() => expect(b.host.logs).toHaveLength(2));
    stop.abort();
    const keyOf = (path: string) =>
      b.host.logs.find(({ line }) => line.startsWith(path))?.line.split(' ')[1] ?? '';
    await vi.waitFor(() => expect(b.world.weather.isDead(keyOf('/leaves'))).toBe(true));
    expect(b.world.weather.isDead(keyOf('/stays'))).toBe(false);
    go();
    expect([await leaves, await (await stays).text()]).toEqual(['gone', '/stays']);
  });

  it('of X-Fc-Invocation-Type: Async is accepted before the function runs, whoever sends it', async () => {
    const b = bench();
    const source = `exports.handler = async () => { process.stdout.write('ran\\n'); throw new Error('no'); };`;
    const asyncInvokeConfig = { maxAsyncRetryAttempts: 1 };
    await b.deploy({ web: { source, props: { triggers: [http()], asyncInvokeConfig } } });
    const opened = await openHttpTrigger(b.host, b.account, 'web');
    onTestFinished(() => opened.close());
    const headers = { 'x-fc-invocation-type': 'Async' };
    const response = await fetch(opened.url, { method: 'POST', headers, body: 'x' });
    expect([response.status, await response.text()]).toEqual([202, '']);
    await b.clock.advance(60_000);
    expect(b.host.logs.map(({ line }) => line)).toEqual(['ran', 'ran']);
    const requestId = response.headers.get('x-fc-request-id');
    expect(b.host.logs.map((one) => one.requestId)).toEqual([requestId, requestId]);
    const large = await fetch(opened.url, { method: 'POST', headers, body: 'x'.repeat(128 * 1024) });
    expect(large.status).toBe(400);
  });
});

describe('the answer', () => {
  it('a binary body round trip', async () => {
    const url = await open(
      bench(),
      `exports.handler = async (event) => ({ statusCode: 200, isBase64Encoded: true, body: JSON.parse(event).body });`,
    );
    const body = Buffer.from([0, 255, 128, 10]);
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'image/png' }, body });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(body);
  });

  it('without statusCode the whole answer is the body', async () => {
    const url = await open(bench(), returning('({ hello: 1 })'));
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ hello: 1 });
  });

  it('several values of a header are kept apart', async () => {
    const url = await open(
      bench(),
      returning(`({ statusCode: 204, headers: { 'Set-Cookie': ['a=1', 'b=2'] } })`),
    );
    const response = await fetch(url);
    expect([response.status, response.headers.getSetCookie()]).toEqual([204, ['a=1', 'b=2']]);
  });

  it('of a failed function is 502 with a plain text: the sender learns nothing of the error', async () => {
    const url = await open(bench(), `exports.handler = async () => { throw new Error('broken'); };`);
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([502, 'Internal Server Error']);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  });

  it.each([
    ['a status that is none', '({ statusCode: 9999 })'],
    ['more than 8 KB of headers', `({ statusCode: 200, headers: { 'X-Long': 'a'.repeat(8200) } })`],
  ])('of %s is a bad response', async (_what, expression) => {
    const response = await fetch(await open(bench(), returning(expression)));
    expect([response.status, await response.text()]).toEqual([502, 'BadResponse']);
  });

  it('may have an object as its body', async () => {
    const response = await fetch(await open(bench(), returning('({ statusCode: 200, body: { a: 1 } })')));
    expect([response.status, await response.json()]).toEqual([200, { a: 1 }]);
  });

  it("goes without the headers that are the platform's, and as an attachment", async () => {
    const own = `{ Server: 'mine', Date: 'today', 'X-Fc-Own': '1', 'Content-Disposition': 'inline', 'X-Kept': '1' }`;
    const response = await fetch(
      await open(bench(), returning(`({ statusCode: 200, headers: ${own}, body: '' })`)),
    );
    const names = ['server', 'x-fc-own', 'content-disposition', 'x-kept'];
    expect(names.map((name) => response.headers.get(name))).toEqual([null, null, 'attachment', '1']);
    expect(response.headers.get('date')).not.toBe('today');
  });

  it('to HEAD is that to GET without its body', async () => {
    const source = returning(`({ statusCode: 200, body: JSON.parse(event).requestContext.http.method })`);
    const url = await open(bench(), source, http({ methods: ['GET', 'HEAD'] }));
    const response = await fetch(url, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '4']);
    expect(await response.text()).toBe('');
  });
});

describe('an answer of the platform itself', () => {
  const told = async (response: Response) => [
    response.status,
    response.headers.get('content-type'),
    await response.json(),
  ];
  const nothing = {
    Code: 'FunctionNotFound',
    Message: 'no function has an HTTP trigger with this URL',
  };

  it('says that a method is not listed, and the function does not run', async () => {
    const b = bench();
    const url = await open(
      b,
      `exports.handler = async () => { process.stdout.write('ran\\n'); return ''; };`,
    );
    expect(await told(await fetch(url, { method: 'DELETE' }))).toEqual([
      403,
      'application/json',
      { Code: 'AccessDenied', Message: 'the HTTP trigger does not accept DELETE' },
    ]);
    expect(b.host.logs).toEqual([]);
  });

  it('says that no function is there, before there is one and once its trigger is gone', async () => {
    const b = bench();
    const reserved = await b.host.doors.reserve(OWNER, 0);
    expect(await told(await fetch(reserved))).toEqual([404, 'application/json', nothing]);
    const url = await open(b, echo);
    b.account.fc.function('web').triggers.clear();
    expect(await told(await fetch(url))).toEqual([404, 'application/json', nothing]);
  });

  it('says nothing of what is wrong with the platform', async () => {
    const b = bench();
    const url = await open(b, echo);
    vi.spyOn(b.host, 'invoke').mockRejectedValue(new Error('no space left on /tmp/code'));
    expect(await told(await fetch(url))).toEqual([
      500,
      'application/json',
      { Code: 'InternalServerError', Message: 'the trigger failed' },
    ]);
  });
});

describe('opening', () => {
  it('finds the HTTP trigger among others', async () => {
    const b = bench();
    const timer = {
      triggerName: 'tick',
      triggerType: 'timer',
      triggerConfig: { cronExpression: '@every 1h', enable: true },
    };
    await b.deploy({ web: { source: echo, props: { triggers: [timer, http()] } } });
    const { url, close } = await openHttpTrigger(b.host, b.account, 'web');
    onTestFinished(close);
    expect((await fetch(url)).status).toBe(201);
  });

  it('takes the port that is asked for, and says that one is taken', async () => {
    const b = bench();
    const url = await open(b, echo);
    const port = Number(new URL(url).port);
    await expect(openHttpTrigger(b.host, b.account, 'web', port)).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    expect((await fetch(url)).status).toBe(201);
  });

  it('needs an anonymous HTTP trigger of a known function', async () => {
    const b = bench();
    await expect(openHttpTrigger(b.host, b.account, 'web')).rejects.toMatchObject({
      code: 'FunctionNotFound',
    });
    await b.deploy({ web: { source: echo } });
    await expect(openHttpTrigger(b.host, b.account, 'web')).rejects.toThrow('web has no HTTP trigger');
    await b.deploy({ web: { source: echo, props: { triggers: [http({ authType: 'function' })] } } });
    await expect(openHttpTrigger(b.host, b.account, 'web')).rejects.toMatchObject({
      status: 400,
      code: 'InvalidArgument',
      message: 'web/web: authType function is not in the local cloud',
    });
  });
});
