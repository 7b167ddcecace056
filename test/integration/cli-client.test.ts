import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CloudCallError,
  createRequester,
  InvalidRequestError,
  NoReplyError,
  NotDoneError,
  type RequesterOptions,
} from '../../client/index.ts';
import { runProgram, stateFile } from '../kit/cli.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
let folder: string;
let options: RequesterOptions;

beforeAll(async () => {
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
  state = await stateFile(cloud.ready);
  const { owner, requester } = cloud.ready;
  options = {
    ownerUid: owner.uid,
    credentials: async () => requester,
    endpoints: { owner: owner.endpoint, requester: requester.endpoint },
  };
  // A program of somebody else's, with this package installed.
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-client-'));
  const installed = join(folder, 'node_modules', 'dms-handshake');
  await mkdir(installed, { recursive: true });
  await symlink(join(process.cwd(), 'dist'), join(installed, 'dist'));
  await writeFile(
    join(installed, 'package.json'),
    JSON.stringify({
      name: 'dms-handshake',
      type: 'module',
      exports: { './client': { types: './dist/types/client/index.d.ts', default: './dist/client/index.js' } },
    }),
  );
});

afterAll(async () => {
  await cloud.close();
  await state.remove();
  await rm(folder, { recursive: true });
});

const ROLE = { RoleName: 'dms-cross-account-1000000000000001' };

/** Puts somebody else's role of the same name in the place of ours. */
async function replaceRole(): Promise<void> {
  const name = 'DmsCrossAccountPolicy-lindorm-redis';
  await cloud.byHand('DetachPolicyFromRole', { ...ROLE, PolicyName: name, PolicyType: 'Custom' });
  await cloud.byHand('DeleteRole', ROLE);
  const trusted = { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::3:root'] } };
  const document = JSON.stringify({ Statement: [trusted], Version: '1' });
  await cloud.byHand('CreateRole', { ...ROLE, AssumeRolePolicyDocument: document });
}

describe('the client', () => {
  it('does what docs/use/client.md shows', async () => {
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(await readFile('docs/use/client.md', 'utf8')) ?? [];
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(16);
    const file = join(folder, 'ask.mjs');
    await writeFile(file, example);
    const env = { DMS_HANDSHAKE_LOCAL: state.file };
    const ended = await runProgram(process.execPath, [file, '--local'], { env, cwd: folder });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(
      /^registered with acs:ram::2000000000000002:role\/dms-cross-account-1000000000000001\n/,
    );
    expect(ended.stdout).toContain('engine:redis pass');
    await replaceRole();
    const refused = await runProgram(process.execPath, [file, '--local'], { env, cwd: folder });
    expect(refused).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^account B said no: role-not-owned: /),
    });
    await cloud.byHand('DeleteRole', ROLE);
  });

  it('has types that a strict program is checked against', async () => {
    execFileSync(process.execPath, ['scripts/run.mjs', 'client-types'], { stdio: 'pipe' });
    await symlink(join(process.cwd(), 'node_modules', 'zod'), join(folder, 'node_modules', 'zod'));
    await symlink(join(process.cwd(), 'node_modules', '@types'), join(folder, 'node_modules', '@types'));
    const check = async (name: string, body: string): Promise<string> => {
      const file = join(folder, `${name}.mts`);
      await writeFile(
        file,
        `import { createRequester, type Reply } from 'dms-handshake/client';\nconst requester = createRequester({ ownerUid: '2' });\n${body}\n`,
      );
      const compiler = join(process.cwd(), 'node_modules', '.bin', 'tsc');
      const ended = await runProgram(
        compiler,
        ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck', file],
        { cwd: folder },
      );
      return ended.stdout;
    };
    const good = `const reply: Reply = await requester.request({ engines: ['redis'] }, { signal: AbortSignal.timeout(1) });
const status: 'verified' | 'revoked' | 'rejected' | 'failed' | 'changed' = reply.data.status;
export { status };`;
    expect(await check('good', good)).toBe('');
    expect(await check('bad', "export const reply = requester.request({ engins: ['redis'] });")).toContain(
      "'engins' does not exist",
    );
    expect(
      await check('worse', 'export const n: number = (await requester.revoke()).data.status;'),
    ).toContain("not assignable to type 'number'");
  }, 60_000);

  it('finds out its own account, asks, and gives back', async () => {
    const requester = createRequester(options);
    const reply = await requester.request({ engines: ['gdb'], reference: 'T-1' });
    expect(reply.data).toMatchObject({
      status: 'verified',
      requesterUid: '1000000000000001',
      reference: 'T-1',
    });
    expect((await requester.revoke({ engines: ['gdb'] })).data.status).toBe('revoked');
    expect((await requester.revoke()).data).toMatchObject({ status: 'revoked', engines: [] });
  });

  it('answers twelve callers at once, each with its own reply', async () => {
    const requester = createRequester(options);
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        requester.request({ engines: ['redis'], reference: `caller ${n}` }),
      ),
    );
    expect(replies.map(({ data }) => data.reference)).toEqual(replies.map((_, n) => `caller ${n}`));
  }, 60_000);

  it('throws what account B said no to', async () => {
    const error = await createRequester({ ...options, requesterUid: '1000000000000001' })
      .request({ engines: ['reddis'] })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotDoneError);
    expect(error).toMatchObject({
      code: 'not-done',
      problem: { code: 'unknown-engine' },
      reply: { data: { status: 'rejected' } },
    });
  });

  it('refuses a wrong request before anything is sent', async () => {
    cloud.forget();
    await expect(createRequester(options).request({ engines: [] })).rejects.toThrow(InvalidRequestError);
    expect(cloud.calls('mns')).toEqual([]);
  });

  it('says that no reply came, with the id to look for later', async () => {
    const error = await createRequester(options)
      .waitForReply('never-asked', { waitMs: 50 })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoReplyError);
    expect(error).toMatchObject({ code: 'no-reply', requestId: 'never-asked' });
  });

  it('stops when its signal aborts; the request stays sent, and its reply stays', async () => {
    const requester = createRequester(options);
    const stop = new AbortController();
    const asked = requester.request({ engines: ['redis'], requestId: 'aborted-1' }, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    expect((await requester.waitForReply('aborted-1')).data.status).toBe('verified');
    await expect(
      requester.request({ engines: ['redis'] }, { signal: AbortSignal.abort(new Error('no')) }),
    ).rejects.toThrow('no');
  });

  it.each([
    [
      'a secret that is wrong',
      { credentials: async () => ({ ...cloud.ready.requester, accessKeySecret: 'x' }) },
      /credentials are not accepted/,
    ],
    [
      'an owner that has made no sender role',
      { requesterUid: '1000000000000009' },
      /has no role dms-handshake-sender-1000000000000009.*bootstrap --requester/,
    ],
    ['a topic that is not there', { requestTopic: 'none' }, /AccessDenied|TopicNotExist/],
    ['a queue that is not there', { replyQueue: 'none' }, /QueueNotExist/],
    [
      'nobody at the other end',
      { endpoints: { owner: 'http://127.0.0.1:9', requester: 'http://127.0.0.1:9' } },
      /ECONNREFUSED.*check the network/,
    ],
  ] as [string, Partial<RequesterOptions>, RegExp][])(
    'explains %s',
    async (_what, over, message) => {
      const error = await createRequester({ ...options, ...over })
        .request({ engines: ['redis'] }, { waitMs: 1_000 })
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(CloudCallError);
      expect(String(error)).toMatch(message);
      expect(String(error)).not.toContain(cloud.ready.requester.accessKeySecret);
    },
    60_000,
  );
});
