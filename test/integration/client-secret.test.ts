import type { ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../kit/cli.ts';
import { edit } from '../kit/deploy-script.ts';

const SECRET = 'jira-token-0123456789-abcdefghij';
const NOTE = 'note: JIRA_TOKEN is not set; a made-up value stands in for it\n';

/** The built project with a client's secret in `s.yaml`, as docs/use/ticket-systems.md has it added. */
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'dms-handshake-secret-'));
  const { files } = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const name of ['package.json', 'requesters.json', ...files].filter((one) => existsSync(one)))
    cpSync(name, join(root, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  edit(root, 's.yaml', '# JIRA_TOKEN:', 'JIRA_TOKEN:');
});
afterAll(() => rmSync(root, { recursive: true }));

/** Has a program note what its calls of `fetch` carry as `authorization`. */
function notingWhatIsSent() {
  const notes = join(mkdtempSync(join(root, 'sent-')), 'credentials');
  const program = `import { appendFileSync } from 'node:fs';
    const { fetch } = globalThis;
    globalThis.fetch = (url, init) => {
      appendFileSync(${JSON.stringify(notes)}, new Headers(init?.headers).get('authorization') + '\\n');
      return fetch(url, init);
    };`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(program)}`;
  return { options: { NODE_OPTIONS }, sent: () => readFileSync(notes, 'utf8').trim().split('\n') };
}

const run = (
  words: readonly string[],
  env: Record<string, string>,
  onStart?: (child: ChildProcess) => void,
) =>
  runProgram(
    process.execPath,
    words.map((word, n) => (n === 0 ? join(root, word) : word)),
    {
      env: { HOME: root, DMS_HANDSHAKE_LOCAL: join(root, 'local.json'), ...env },
      ...(onStart ? { onStart } : {}),
    },
  );

describe('a secret that s.yaml takes from the environment', () => {
  it.each([
    ['without it a made-up value stands in, and that is said', {}, NOTE],
    ['with it nothing stands in', { JIRA_TOKEN: SECRET }, ''],
  ])('npm start by HTTP: %s', async (_what, env: Record<string, string>, stderr) => {
    // As the script `start` of package.json.
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(scripts.start).toBe('node dist/cli/demo.js');
    const { options, sent } = notingWhatIsSent();
    const ended = await run(['dist/cli/demo.js', '--via', 'http', '--json'], { ...options, ...env });
    expect([ended.code, ended.stderr]).toEqual([0, stderr]);
    expect(JSON.parse(ended.stdout)).toMatchObject({ reply: { data: { status: 'verified' } } });
    expect(ended.stdout).not.toContain(SECRET);
    expect(sent().map((credential) => credential === `Bearer ${SECRET}`)).toEqual(['JIRA_TOKEN' in env]);
  });

  it.each([
    ['without it a made-up value stands in, and that is said', {}, NOTE],
    ['with it the client of the ready line uses it', { JIRA_TOKEN: SECRET }, ''],
  ])('local: %s', async (_what, env: Record<string, string>, stderr) => {
    const asked: Promise<number>[] = [];
    const tokens: string[] = [];
    const ended = await run(['dist/cli/main.js', 'local', '--json'], env, (child) =>
      child.stdout?.once('data', (line: string) => {
        const { http, token, requester } = JSON.parse(line);
        tokens.push(token);
        const body = JSON.stringify({ requesterUid: requester.uid, action: 'verify' });
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
        const sent = fetch(`${http}/requests`, { method: 'POST', headers, body }).then(
          ({ status }) => status,
        );
        asked.push(sent.finally(() => child.kill('SIGTERM')));
      }),
    );
    expect([ended.code, ended.stderr]).toEqual([0, stderr]);
    expect(await Promise.all(asked)).toEqual([202]);
    expect(tokens.map((token) => token === SECRET)).toEqual(['JIRA_TOKEN' in env]);
  });
});

it('a failure while starting ends the command, with the place and the reason', async () => {
  const back = edit(root, 's.yaml', 'handler: index.handler', 'handler: index');
  const local = await run(['dist/cli/main.js', 'local', '--json'], {});
  const start = await run(['dist/cli/demo.js'], {});
  back();
  for (const ended of [local, start]) {
    expect([ended.code, ended.stdout]).toEqual([1, '']);
    expect(ended.stderr).toContain('resources.dms-handshake-verify.props.handler is "index"');
  }
});
