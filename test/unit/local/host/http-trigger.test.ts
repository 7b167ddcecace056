import { describe, expect, it, onTestFinished } from 'vitest';
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
  ];
  it.each(binary)('carries %s in base64', async (_name, body, type) => {
    const url = await open(bench(), echo);
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
    expect(await response.json()).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
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

  const bad: [string, string][] = [
    ['a throw', `exports.handler = async () => { throw new Error('broken'); };`],
    ['a status that is none', returning('({ statusCode: 9999 })')],
    ['a body that is no text', returning('({ statusCode: 200, body: { a: 1 } })')],
  ];
  it.each(bad)('%s is 502 with the error type', async (_name, source) => {
    const url = await open(bench(), source);
    const response = await fetch(url);
    expect(response.status).toBe(502);
    expect(response.headers.get('x-fc-error-type')).toMatch(/Error$/);
    expect(await response.json()).toHaveProperty('errorMessage');
  });

  it('a method that the trigger does not list never reaches the function', async () => {
    const b = bench();
    const url = await open(
      b,
      `exports.handler = async () => { process.stdout.write('ran\\n'); return ''; };`,
    );
    const response = await fetch(url, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(b.host.logs).toEqual([]);
  });
});

describe('opening', () => {
  it('needs an anonymous HTTP trigger of a known function', async () => {
    const b = bench();
    await expect(openHttpTrigger(b.host, b.account, 'web')).rejects.toMatchObject({
      code: 'FunctionNotFound',
    });
    await b.deploy({ web: { source: echo } });
    await expect(openHttpTrigger(b.host, b.account, 'web')).rejects.toThrow('web has no HTTP trigger');
    await b.deploy({ web: { source: echo, props: { triggers: [http({ authType: 'function' })] } } });
    await expect(openHttpTrigger(b.host, b.account, 'web')).rejects.toThrow(
      'authType function is not in the local cloud',
    );
  });
});
