import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { MAX_BODY } from '../../../../local/cloud/http/receive.ts';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import { opened } from './setup.ts';

/** Sends bytes as they stand and answers all that comes back until the connection ends, and what the cloud received. */
async function exchange(head: readonly string[], body = '') {
  const received: Omit<RestRequest, 'body'>[] = [];
  const echo = async (_world: unknown, _account: unknown, { body: bytes, ...request }: RestRequest) => {
    received.push(request);
    return { status: 200, headers: {}, body: `${bytes.length} bytes` };
  };
  const { door } = await opened({ services: { mns: echo, fc: echo, oss: echo } });
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(door.url).port), '127.0.0.1');
    let read = '';
    socket.on('data', (bytes) => {
      read += bytes;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(read));
    socket.write(`${[...head, 'Connection: close', ''].join('\r\n')}\r\n${body}`);
  });
  const [answered = '', ...rest] = text.split('\r\n\r\n');
  return { status: answered.split(' ')[1], body: rest.join('\r\n\r\n'), request: received[0] };
}

const HOST = 'Host: localhost';
const length = (body: string) => `Content-Length: ${body.length}`;

it.each([
  ['as it is', '/queues/a%20b?x=%2F+', '/queues/a b', '/queues/a%20b?x=%2F+'],
  [
    'of a client that takes the door for a proxy',
    'http://mns.localhost:80/queues/a?b',
    '/queues/a',
    '/queues/a?b',
  ],
  ['of such a client in capitals', 'HTTP://x/queues', '/queues', '/queues'],
  ['with a plus, which is no blank in a path', '/queues/a+b', '/queues/a+b', '/queues/a+b'],
  ['with an address within', '/queues/http://x/y', '/queues/http://x/y', '/queues/http://x/y'],
])('a target %s', async (_what, sent, path, target) => {
  const { status, request } = await exchange([`GET ${sent} HTTP/1.1`, HOST]);
  expect([status, request?.path, request?.target, request?.scheme]).toEqual(['200', path, target, 'http']);
});

it.each(['/%zz', 'ftp://x/queues', 'http://x?/queues', '*'])('the target %s cannot be read', async (sent) => {
  const { status, body } = await exchange([`GET ${sent} HTTP/1.1`, 'Host: a.b']);
  expect([status, JSON.parse(body)]).toEqual([
    '400',
    {
      RequestId: expect.stringMatching(/^[0-9A-F]{8}-[0-9A-F-]{27}$/),
      HostId: 'a.b',
      Code: 'InvalidURI',
      Message: 'The path of the request cannot be read.',
      Recommend: 'https://api.aliyun.com/troubleshoot?q=InvalidURI',
    },
  ]);
});

it('headers that come more than one time are one, in lower case', async () => {
  const { request } = await exchange([
    ...['PUT /queues?a=1&a=2 HTTP/1.1', HOST, 'X-Mns-A: 1', 'x-mns-a: 2', 'Set-Cookie: a', 'Set-Cookie: b'],
  ]);
  expect(request?.method).toBe('PUT');
  expect([...(request?.query ?? [])]).toEqual([
    ['a', '1'],
    ['a', '2'],
  ]);
  expect(request?.headers).toEqual({
    host: 'localhost',
    'x-mns-a': '1, 2',
    'set-cookie': 'a, b',
    connection: 'close',
  });
});

it.each([
  ['none', ['POST /queues HTTP/1.1', HOST], '', '0 bytes'],
  ['one of a length', ['POST /queues HTTP/1.1', HOST, length('four')], 'four', '4 bytes'],
  [
    'one in pieces',
    ['POST /queues HTTP/1.1', HOST, 'Transfer-Encoding: chunked'],
    '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
    '5 bytes',
  ],
])('a body: %s', async (_what, head, body, told) => {
  expect(await exchange(head, body)).toMatchObject({ status: '200', body: told });
});

const long = 'x'.repeat(MAX_BODY + 1);

it.each([
  ['a request for functions', 'POST /2023-03-30/functions HTTP/1.1', []],
  ['an upload', 'PUT /o HTTP/1.1', ['Authorization: OSS k:s']],
])('%s may hold code, which is longer than other bodies', async (_what, line, more) => {
  const { status, body } = await exchange([line, HOST, ...more, length(long)], long);
  expect([status, body]).toEqual(['200', `${MAX_BODY + 1} bytes`]);
});

it.each([
  ['of the longest', long.slice(1), '200', `${MAX_BODY} bytes`],
  [
    'of a byte more',
    long,
    '413',
    expect.stringContaining('"Message":"The body is longer than 1048576 bytes."'),
  ],
])('a body %s', async (_what, body, status, told) => {
  const answer = await exchange(['POST /queues HTTP/1.1', HOST, length(body)], body);
  expect([answer.status, answer.body]).toEqual([status, told]);
});
