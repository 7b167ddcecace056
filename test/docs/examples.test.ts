import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standardNames } from '../../shared/installation/installation.ts';
import { senderRoleName } from '../../shared/installation/requester-permissions.ts';
import { runProgram, stateFile } from '../kit/cli.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

const textOf = (file: string): string => readFileSync(file, 'utf8');

/** The first block of a page in some language. */
const blockOf = (page: string, language: string): string =>
  new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(textOf(page))?.[1] ?? '';

/** Every example, and the page that shows it. */
const SHOWN = {
  'ask.mjs': ['docs/use/client.md', 'js'],
  'ask.py': ['docs/use/other-languages.md', 'python'],
  'ask.sh': ['docs/use/other-languages.md', 'bash'],
} as const;

describe('the examples', () => {
  it('are those that the pages show, word for word', () => {
    expect(readdirSync('examples').toSorted()).toEqual(Object.keys(SHOWN).toSorted());
    for (const [file, [page, language]] of Object.entries(SHOWN))
      expect(textOf(`examples/${file}`), file).toBe(blockOf(page, language));
  });

  it('in Python name the role, the topic and the queue as the code does, and no external id', () => {
    const names = standardNames('r', '2');
    const python = textOf('examples/ask.py');
    expect(python).toContain(`:role/${senderRoleName('{A}')}"`);
    expect(python).toContain(`get_topic("${names.requestTopic}")`);
    expect(python).toContain(`get_queue("${names.replyTopic}")`);
    expect(python).not.toContain('ExternalId');
  });

  it('in bash can be parsed', () => {
    expect(spawnSync('bash', ['-n', 'examples/ask.sh'], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  it.runIf(spawnSync('python3', ['--version']).status === 0)('in Python can be compiled', () => {
    const compile = 'import ast, sys; print(len(ast.parse(sys.stdin.read()).body))';
    const input = textOf('examples/ask.py');
    expect(Number(execFileSync('python3', ['-c', compile], { input, encoding: 'utf8' }))).toBeGreaterThan(10);
  });
});

describe('run against the local cloud', () => {
  let cloud: TestCloud;
  let state: Awaited<ReturnType<typeof stateFile>>;
  beforeAll(async () => {
    cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
    state = await stateFile(cloud.ready);
  });
  afterAll(async () => {
    await cloud.close();
    await state.remove();
  });

  it('ask.mjs makes the role and prints its ARN', async () => {
    const env = { DMS_HANDSHAKE_LOCAL: state.file };
    const ended = await runProgram(process.execPath, ['examples/ask.mjs', '--local'], {
      env,
      cwd: process.cwd(),
    });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const name = 'dms-cross-account-1000000000000001';
    expect(ended.stdout).toContain(`the ARN for DMS: acs:ram::2000000000000002:role/${name}\n`);
    expect(cloud.owner.ram.roles.get(name)).toBeDefined();
  });

  it('the variables of the page are those of the cloud that runs', async () => {
    const block = textOf('docs/use/other-languages.md')
      .split('```sh\n')
      .find((one) => one.startsWith('from()'));
    const folder = await mkdtemp(join(tmpdir(), 'dms-handshake-variables-'));
    const { owner, requester, http, token } = cloud.ready;
    await writeFile(join(folder, 'local.json'), `${JSON.stringify(cloud.ready)}\nnot the first line\n`);
    const names = 'REQUESTER_UID OWNER_UID STS_ENDPOINT REQUESTER_ENDPOINT OWNER_ENDPOINT URL';
    const compared = `test "$TOKEN $ALIBABA_CLOUD_ACCESS_KEY_ID $ALIBABA_CLOUD_ACCESS_KEY_SECRET" = "$EXPECTED" && printenv ${names}`;
    const ended = await runProgram('bash', ['--norc', '-euc', `${block?.split('```')[0]}\n${compared}`], {
      cwd: folder,
      env: { EXPECTED: `${token} ${requester.accessKeyId} ${requester.accessKeySecret}` },
    });
    await rm(folder, { recursive: true });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const values = [requester.uid, owner.uid, requester.endpoint, requester.endpoint, owner.endpoint, http];
    expect(ended.stdout).toBe(`${values.join('\n')}\n`);
  });

  it('ask.sh without an engine says so, and sends nothing', async () => {
    const env = { URL: cloud.ready.http, TOKEN: cloud.httpToken, REQUESTER_UID: '1000000000000001' };
    cloud.forget();
    const ended = await runProgram('bash', ['examples/ask.sh'], { env, cwd: process.cwd() });
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('name the engines') });
    await cloud.idle();
    expect(cloud.calls()).toEqual([]);
  });

  it('ask.sh is answered with the id of its key, and 22 when it is refused', async () => {
    const env = {
      URL: cloud.ready.http,
      TOKEN: cloud.httpToken,
      REQUESTER_UID: '1000000000000001',
      KEY: 'T-1',
    };
    const ask = (engine: string) =>
      runProgram('bash', ['examples/ask.sh', engine], { env, cwd: process.cwd() });
    const taken = await ask('redis');
    expect(taken).toMatchObject({ code: 0, stderr: '' });
    const { requestId, status } = JSON.parse(taken.stdout);
    expect(status).toBe('accepted');
    const [reply] = (await cloud.replies()).filter(({ data }) => data.requestId === requestId);
    expect(reply?.data).toMatchObject({ status: 'verified', reference: 'T-1' });
    const back = { ...env, KEY: 'T-2', ACTION: 'revoke' };
    await runProgram('bash', ['examples/ask.sh', 'redis'], { env: back, cwd: process.cwd() });
    expect((await cloud.replies()).map(({ data }) => data.status)).toContain('revoked');
    const refused = await ask('foo');
    expect(refused.code).toBe(22);
    expect(JSON.parse(refused.stdout)).toMatchObject({ code: 'unknown-engine' });
  });
});
