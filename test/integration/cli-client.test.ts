import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AbortedError,
  CloudCallError,
  createRequester,
  type EngineId,
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
      /^the ARN for DMS: acs:ram::2000000000000002:role\/dms-cross-account-1000000000000001\n/,
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
  });

  it('throws what account B said no to', async () => {
    const requester = createRequester(options);
    await requester.request({ access: 'console' });
    const error = await requester
      .revoke({ access: 'console', users: ['somebody'] })
      .catch((thrown: unknown) => thrown);
    await requester.revoke({ access: 'console' });
    expect(error).toBeInstanceOf(NotDoneError);
    expect(error).toMatchObject({
      code: 'not-done',
      problem: { code: 'invalid-request' },
      reply: { data: { status: 'rejected' } },
    });
  });

  it('refuses a wrong request before anything is sent', async () => {
    cloud.forget();
    const requester = createRequester(options);
    await expect(requester.request({ engines: [] })).rejects.toThrow(InvalidRequestError);
    await expect(requester.request({ engines: ['reddis' as EngineId] })).rejects.toThrow(
      /engines\[0\] is "reddis", which is no engine; the nearest is "redis"/,
    );
    const past = { engines: ['redis'] as const, expiresAt: '2020-01-01T00:00Z' };
    await expect(requester.request(past)).rejects.toThrow(/which is past/);
    await expect(
      createRequester({ ...options, replyQueue: 'none' }).request({ engines: ['redis'] }),
    ).rejects.toMatchObject({ code: 'cloud', sent: 'no' });
    expect(cloud.calls('mns').filter(({ operation }) => operation === 'PublishMessage')).toEqual([]);
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
    await requester.send('grant', { engines: ['redis'], requestId: 'aborted-1' });
    const waiting = requester.waitForReply('aborted-1', { signal: stop.signal });
    stop.abort(new Error('enough'));
    const error = await waiting.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ requestId: 'aborted-1', sent: 'yes', cause: stop.signal.reason });
    expect(String(error)).toContain('enough; the request aborted-1 was sent');
    expect((await requester.waitForReply('aborted-1')).data.status).toBe('verified');
    await expect(
      requester.request({ engines: ['redis'] }, { signal: AbortSignal.abort(new Error('no')) }),
    ).rejects.toThrow('no');
  });

  it('hears what nobody waits for, each once, and leaves the loop by close', async () => {
    const requester = createRequester(options);
    const heard: string[] = [];
    const listening = (async () => {
      for await (const { data } of requester.replies()) {
        heard.push(data.requestId);
        if (data.requestId === 'heard-2') requester.close();
      }
    })();
    const { data } = await requester.request({ engines: ['redis'], requestId: 'waited-for' });
    expect(data.status).toBe('verified');
    for (const requestId of ['heard-1', 'heard-2']) await requester.send('verify', { requestId });
    await listening;
    expect(heard.filter((id) => /^(heard|waited)/.test(id))).toEqual(['heard-1', 'heard-2']);
    await expect(requester.send('verify', {})).rejects.toThrow('the requester was closed');
  });

  it('says whether a request may have been sent when the answer to it is lost', async () => {
    const error = await createRequester({ ...options, requestTopic: 'none' })
      .send('grant', { engines: ['redis'], requestId: 'refused-1' })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'cloud', requestId: 'refused-1', sent: 'no' });
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
    ['a queue that is not there', { replyQueue: 'none' }, /has no queue none to receive replies in/],
    [
      'nobody at the other end',
      { endpoints: { owner: 'http://127.0.0.1:9', requester: 'http://127.0.0.1:9' } },
      /ECONNREFUSED.*check the network/,
    ],
  ] as [string, Partial<RequesterOptions>, RegExp][])('explains %s', async (_what, over, message) => {
    const error = await createRequester({ ...options, ...over })
      .request({ engines: ['redis'] }, { waitMs: 1_000 })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CloudCallError);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain(cloud.ready.requester.accessKeySecret);
  });
});
