import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALIASES } from '../../../scripts/bundles/dead-modules.ts';
import { bundleFunction } from '../../../scripts/bundles/functions.ts';
import { MARKERS, PLANTED } from './setup.ts';
import { json, mnsError, type Seen, standIn } from './stand-in.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-debug-'));
  // In a bundle the order in which modules load is not the order of the sources.
  await bundleFunction('verify', folder, { absWorkingDir: process.cwd(), plugins: [], alias: ALIASES });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a script in a process of its own, with everything that prints told to print everything. */
async function run(
  script: string,
  environment: Record<string, string>,
): Promise<{ output: string; code: number | null }> {
  const file = join(folder, 'script.cjs');
  await writeFile(file, script);
  const child = spawn(process.execPath, [file], {
    cwd: process.cwd(),
    env: { PATH: process.env['PATH'] ?? '', DEBUG: '*', ...environment },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { output, code };
}

const sampleEvent = () =>
  readFileSync(new URL('../../../events/samples/destination-success.json', import.meta.url), 'utf8');

const invoke = (bundle: string, event: string) => `
  const { handler } = require(${JSON.stringify(bundle)});
  const context = {
    requestId: 'r', region: 'cn-hangzhou', accountId: '2000000000000002',
    credentials: ${JSON.stringify(PLANTED)},
    function: { name: 'dms-handshake-verify', timeout: 5 },
  };
  handler(Buffer.from(${JSON.stringify(event)}), context).then(
    (answer) => console.log('ANSWER', answer),
    (error) => console.log('ERROR', error),
  );
`;

/** What came over the wire and must not be in the output: the signatures too. */
const secretsOf = (seen: readonly Seen[]): readonly string[] => [
  ...MARKERS,
  ...seen.map(
    ({ headers }) =>
      String(headers['authorization'])
        .split(/:|Signature=/)
        .at(-1) ?? '',
  ),
];

describe('DEBUG=*', () => {
  it('makes the vendor’s SDK print keys and tokens: what we protect from', async () => {
    const { url } = await standIn(mnsError(404, 'TopicNotExist'));
    const sdk = createRequire(import.meta.url).resolve('@alicloud/mns');
    const { output } = await run(
      `const Client = require(${JSON.stringify(sdk)});
       new Client('2', { ...${JSON.stringify(PLANTED)}, endpoint: '${url}' })
         .publishMessage('t', { MessageBody: '{}' }).catch(() => {});`,
      {},
    );
    expect(output).toContain(PLANTED.securityToken);
    expect(output).toContain(PLANTED.accessKeyId);
  });

  it.each([
    ['built', () => resolve('dist/verify/index.js')],
    ['not pruned, with all that can print,', () => join(folder, 'verify/index.js')],
  ])('makes the verify function, %s print nothing of them, whatever goes wrong', async (_which, bundle) => {
    // Every call is refused: the function reads RAM, assumes the role, and tries to reply.
    const { url, seen } = await standIn(
      json(403, {
        Code: 'NoPermission',
        Message: MARKERS.join(),
        AccessDeniedDetail: { AuthAction: 'ram:GetRole' },
      }),
    );
    const { output, code } = await run(invoke(bundle(), sampleEvent()), {
      OWNER_UID: '2000000000000002',
      PATIENCE_SECONDS: '0',
      REQUESTERS_FILE: resolve('events/samples/requesters.json'),
      CLOUD_ENDPOINT: url,
    });
    expect(code).toBe(0);
    expect(output).toContain('ERROR');
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.some(({ url: { pathname } }) => pathname.startsWith('/topics/'))).toBe(true);
    for (const secret of secretsOf(seen)) {
      expect(secret.length).toBeGreaterThan(5);
      expect(output).not.toContain(secret);
    }
  });
});
