import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Loads intake, answers one event, and prints the built-in modules of Node.js that were loaded by then. */
const PROGRAM = `
const { handler } = require(process.argv[1]);
const event = JSON.parse(process.argv[2]);
const context = {
  requestId: 'r', region: 'cn-hangzhou', accountId: '2000000000000002',
  credentials: { accessKeyId: 'a', accessKeySecret: 'b', securityToken: 'c' },
  function: { name: 'dms-handshake-intake', timeout: 10 },
};
handler(Buffer.from(JSON.stringify(event)), context).then((answer) => {
  const { statusCode } = JSON.parse(answer);
  process.stdout.write(JSON.stringify({ statusCode, loaded: process.moduleLoadList }));
});
`;

const http = (method: string, path: string) => ({
  version: 'v1',
  rawPath: path,
  body: '{}',
  isBase64Encoded: false,
  headers: { 'content-type': 'application/json' },
  queryParameters: {},
  requestContext: { http: { method, path } },
});

it.each([
  { event: http('GET', '/health'), status: 200 },
  { event: http('POST', '/requests'), status: 401 },
])('intake answers $status without an HTTP client: only who is let in pays for one', ({ event, status }) => {
  const output = execFileSync(
    process.execPath,
    ['-e', PROGRAM, `${process.cwd()}/dist/intake/index.js`, JSON.stringify(event)],
    { encoding: 'utf8', env: { OWNER_UID: '2000000000000002', REQUEST_TOPIC: 'dms-handshake-requests' } },
  );
  const { statusCode, loaded } = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  expect(statusCode).toBe(status);
  expect(loaded).toContain('NativeModule crypto');
  expect(loaded.filter((name: string) => /^NativeModule https?$/.test(name))).toEqual([]);
});

/**
 * Runs provision's first event until its first request is begun, and says which that is and whether zod was loaded
 * then.
 */
const FIRST_REQUEST = `
require('node:diagnostics_channel').subscribe('http.client.request.start', ({ request }) => {
  process.stdout.write(JSON.stringify({ path: request.path, zod: '__zod_globalConfig' in globalThis }), () => process.exit(0));
});
const context = {
  requestId: 'r', region: 'cn-hangzhou', accountId: '2000000000000002',
  credentials: { accessKeyId: 'a', accessKeySecret: 'b', securityToken: 'c' },
  function: { name: 'dms-handshake-provision', timeout: 3 },
};
require(process.argv[1]).handler(Buffer.from('{}'), context);
`;

it('provision begins to wake verify before it loads what reads an event', () => {
  const output = execFileSync(
    process.execPath,
    ['-e', FIRST_REQUEST, `${process.cwd()}/dist/provision/index.js`],
    { encoding: 'utf8', env: { OWNER_UID: '2000000000000002', CLOUD_ENDPOINT: 'http://127.0.0.1:1' } },
  );
  expect(JSON.parse(output)).toEqual({
    path: '/2023-03-30/functions/dms-handshake-verify/invocations',
    zod: false,
  });
});
