import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { abortable } from '../../../client/abortable.ts';
import { checkOptions, checkWaiting } from '../../../client/check-options.ts';
import { checkRequest } from '../../../client/check-request.ts';
import { localCloud } from '../../../client/local.ts';
import { runningLocalCloud } from '../../../client/local-cloud.ts';
import { LOCAL_NAME, localCloudFile } from '../../../client/local-cloud-file.ts';
import { localOptions } from '../../../client/local-options.ts';
import { millis } from '../../../shared/runtime/clock.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { thrownBy } from '../alicloud/setup.ts';
import { closedPort } from '../alicloud/stand-in.ts';

const refusalOf = (call: () => void): string | null => {
  try {
    call();
    return null;
  } catch (error) {
    const { code, sent, message } = Object(error);
    return code === 'invalid-options' && sent === 'no' ? message : `another error: ${message}`;
  }
};

describe('the options of a requester', () => {
  const GOOD = { ownerUid: '2', requesterUid: '1' };
  const refusal = (options: unknown) => refusalOf(() => checkOptions(options));
  const ALL = 'ownerUid, requesterUid, region, credentials, requestTopic, replyQueue, endpoints';
  const uid = ': expected the UID of an account as a string of 1 to 16 digits';
  const region = ': expected the id of a region, such as "cn-hangzhou"';

  it.each<[options: unknown]>([
    [{ ownerUid: '2' }],
    [GOOD],
    [{ ...GOOD, region: 'cn-hangzhou-finance-1' }],
    [{ ...GOOD, requestTopic: 'a', replyQueue: `A${'-'.repeat(255)}` }],
    [{ ...GOOD, credentials: async () => ({}) }],
    [{ ...GOOD, endpoints: { owner: 'http://a', requester: 'http://b' } }],
  ])('%j are taken', (options) => {
    expect(refusal(options)).toBeNull();
  });

  it.each<[options: unknown, fault: string]>([
    [
      [],
      'createRequester got an object; expected options such as { ownerUid: "2000000000000002" }, or await localCloud()',
    ],
    [
      7,
      'createRequester got 7; expected options such as { ownerUid: "2000000000000002" }, or await localCloud()',
    ],
    [{}, `ownerUid is missing${uid}`],
    [{ ownerUid: null }, `ownerUid is null${uid}`],
    [{ ownerUid: 2 }, 'ownerUid is 2: write it as a string, since a number may lose digits'],
    [{ ownerUid: '12345678901234567' }, `ownerUid is "12345678901234567"${uid}`],
    [{ ...GOOD, requesterUid: '' }, `requesterUid is ""${uid}`],
    [
      { ...GOOD, requesterUid: '2' },
      'ownerUid and requesterUid are the same account; DMS needs no role in its own account',
    ],
    [{ ...GOOD, region: 'Xcn-hangzhou' }, `region is "Xcn-hangzhou"${region}`],
    [{ ...GOOD, region: 'cn-hangzhoU' }, `region is "cn-hangzhoU"${region}`],
    [{ ...GOOD, region: 'c-hangzhou' }, `region is "c-hangzhou"${region}`],
    [{ ...GOOD, region: 'cn-h' }, `region is "cn-h"${region}`],
    [{ ...GOOD, region: 7 }, `region is 7${region}`],
    [{ ...GOOD, requestTopic: 7 }, 'requestTopic is 7: expected the name of a topic'],
    [{ ...GOOD, requestTopic: '-a' }, 'requestTopic is "-a": expected the name of a topic'],
    [{ ...GOOD, replyQueue: 'a b' }, 'replyQueue is "a b": expected the name of a queue'],
    [
      { ...GOOD, replyQueue: 'a'.repeat(257) },
      `replyQueue is "${'a'.repeat(80)}…": expected the name of a queue`,
    ],
    [{ ...GOOD, credentials: 'x' }, 'credentials is "x": expected a function that resolves with the keys'],
    [{ ...GOOD, endpoints: 'x' }, 'endpoints is "x": expected { owner, requester }'],
    [
      { ...GOOD, endpoints: { owner: 7 } },
      'endpoints.owner is 7: expected a URL such as "http://127.0.0.1:9000"; endpoints.requester is missing: expected a URL such as "http://127.0.0.1:9000"',
    ],
    [
      { ...GOOD, endpoints: { owner: new URL('http://a'), requester: 'http://b' } },
      'endpoints.owner is an object: expected a URL such as "http://127.0.0.1:9000"',
    ],
    [{ ...GOOD, x: 1, y: 2 }, `"x" is no option; all are ${ALL}; "y" is no option; all are ${ALL}`],
  ])('%j are refused', (options, fault) => {
    expect(refusal(options)).toBe(fault);
  });
});

describe('the options of waiting', () => {
  const refusal = (options: unknown) => refusalOf(() => checkWaiting(options));
  const range = ': expected milliseconds as a number, 0 to 2147483647, such as 5000 for 5 s';
  it.each<[options: unknown, fault: string | null]>([
    [{}, null],
    [{ waitMs: 0 }, null],
    [{ waitMs: 2_147_483_647 }, null],
    [{ signal: new AbortController().signal }, null],
    [{ waitMs: 2_147_483_648 }, `waitMs is 2147483648${range}`],
    [{ waitMs: -0.5 }, `waitMs is -0.5${range}`],
    [{ waitMs: '5' }, `waitMs is "5"${range}`],
    [{ waitMs: null }, `waitMs is null${range}`],
    [{ signal: {} }, 'signal is an object: expected an AbortSignal'],
    ['5s', 'the options of waiting are "5s": expected { waitMs, signal }'],
    [null, 'the options of waiting are null: expected { waitMs, signal }'],
  ])('%j: %s', (options, fault) => {
    expect(refusal(options)).toBe(fault);
  });
});

describe('a request, before it is sent', () => {
  const NOW = millis(Date.UTC(2026, 10, 23, 12));
  const check = (more: object) => () =>
    checkRequest(JSON.stringify({ requesterUid: REQUESTER, engines: ['redis'], ...more }), OWNER, NOW);

  it('may end a moment from now, and not now', () => {
    expect(check({ expiresAt: '2026-11-23T12:00:00.001Z' })).not.toThrow();
    expect(check({})).not.toThrow();
    expect(check({ expiresAt: '2026-11-23T12:00:00Z' })).toThrow(
      'expiresAt is 2026-11-23T12:00:00.000Z, which is past; give a later time',
    );
  });

  it('that cannot be read is refused with the place', () => {
    expect(() => checkRequest('{"engines":["redis"]}', OWNER, NOW)).toThrow(
      expect.objectContaining({ code: 'invalid-request', message: expect.stringContaining('requesterUid') }),
    );
  });
});

describe('work that may be aborted', () => {
  it('is not begun to be waited for where that was so before', async () => {
    const reason = new Error('enough');
    expect(await thrownBy(abortable(Promise.resolve(1), AbortSignal.abort(reason)))).toBe(reason);
  });

  it('leaves nobody listening behind, however it ends', async () => {
    const { signal } = new AbortController();
    const listening = () => getEventListeners(signal, 'abort').length;
    const working = abortable(Promise.resolve(7), signal);
    expect(listening()).toBe(1);
    expect(await working).toBe(7);
    const error = new Error('no');
    expect(await thrownBy(abortable(Promise.reject(error), signal))).toBe(error);
    expect(listening()).toBe(0);
  });

  it('that fails after that is heard by nobody', async () => {
    const stop = new AbortController();
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<never>((_resolve, reject) => (fail = reject));
    const ended = thrownBy(abortable(work, stop.signal));
    stop.abort('enough');
    expect(await ended).toBe('enough');
    fail(new Error('too late'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});

/** Bytes that are no UTF-8, in base64. */
const NO_TEXT = Buffer.alloc(30, 0xff).toString('base64');

describe('the local cloud of this machine', () => {
  it.each<[environment: Readonly<Record<string, string>>, name: string | undefined, file: string]>([
    [{ DMS_HANDSHAKE_LOCAL: '/x/y.json' }, undefined, '/x/y.json'],
    [{ DMS_HANDSHAKE_LOCAL: '/x/y.json' }, 'mine', '/x/y-mine.json'],
    [{ DMS_HANDSHAKE_LOCAL: '/x/y' }, 'mine', '/x/y-mine.json'],
    [{ XDG_STATE_HOME: '/s' }, undefined, '/s/dms-handshake/local.json'],
    [{ XDG_STATE_HOME: '/s', DMS_HANDSHAKE_LOCAL: '' }, 'b', '/s/dms-handshake/local-b.json'],
    [{ XDG_STATE_HOME: 's/' }, undefined, join(homedir(), '.local/state/dms-handshake/local.json')],
    [{}, undefined, join(homedir(), '.local/state/dms-handshake/local.json')],
  ])('of %j and the name %s leaves its file at %s', (environment, name, file) => {
    expect(localCloudFile(environment, name)).toBe(file);
  });

  it('has a name of letters, digits and hyphens', () => {
    const named = (names: readonly string[]) => names.filter((one) => LOCAL_NAME.test(one));
    expect(named(['a', 'A-1', 'a'.repeat(32), '', '-a', 'a_b', 'a b', 'a'.repeat(33)])).toEqual([
      'a',
      'A-1',
      'a'.repeat(32),
    ]);
  });

  async function reading(content: string | null, name?: string) {
    const folder = mkdtempSync(join(tmpdir(), 'dms-handshake-local-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const DMS_HANDSHAKE_LOCAL = join(folder, 'l.json');
    const file = localCloudFile({ DMS_HANDSHAKE_LOCAL }, name);
    if (content !== null) writeFileSync(file, content);
    const read = runningLocalCloud({ DMS_HANDSHAKE_LOCAL }, name);
    return { file, read };
  }
  const readyAt = (endpoint: string) => {
    const account = { uid: '2', endpoint, accessKeyId: 'a', accessKeySecret: 'b' };
    return {
      region: 'cn-hangzhou',
      owner: account,
      requester: { ...account, uid: '1', securityToken: 't' },
      owners: [account],
      requesters: [{ ...account, requestTopic: 'theirs' }],
      approver: { accessKeyId: 'c', accessKeySecret: 'd' },
      requestTopic: 'asks',
      replyTopic: 'r',
      replyQueue: { name: 'hears' },
      requestersFile: '/r.json',
    };
  };

  it('that was not started is named, with how to start it', async () => {
    const { file, read } = await reading(null);
    expect(await thrownBy(read)).toMatchObject({
      name: 'NoLocalCloudError',
      message: `no local cloud is running: there is no ${file}; start one with "npx dms-handshake local" in another terminal`,
    });
    const mine = await reading(null, 'mine');
    expect(await thrownBy(mine.read)).toMatchObject({
      message: `no local cloud named mine is running: there is no ${mine.file}; start one with "npx dms-handshake local --name mine" in another terminal`,
    });
  });

  it.each(['hunter2', '{"region":"hunter2"}', 'null', NO_TEXT])(
    'whose file is %j is not quoted',
    async (content) => {
      const { file, read } = await reading(content);
      expect(await thrownBy(read)).toMatchObject({
        name: 'NoLocalCloudError',
        message: `${file} is not what "npx dms-handshake local" writes; delete it and start the local cloud again`,
      });
    },
  );

  it('that is asked for by what is no name is refused with the first of it', async () => {
    expect(await thrownBy(localCloud('a'.repeat(60)))).toMatchObject({
      name: 'InvalidOptionsError',
      message: `localCloud got "${'a'.repeat(49)}; a name is 1 to 32 letters, digits and hyphens, as in "npx dms-handshake local --name mine"`,
    });
  });

  it('that died is told apart from one that runs', async () => {
    const dead = readyAt(await closedPort());
    const { file, read } = await reading(JSON.stringify(dead));
    expect(await thrownBy(read)).toMatchObject({
      message: `the local cloud of ${file} is gone: nobody answers at ${dead.owner.endpoint}; start it again with "npx dms-handshake local"`,
    });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const alive = readyAt(`http://127.0.0.1:${port}`);
    const running = await (await reading(JSON.stringify(alive))).read;
    expect(running).toEqual(alive);
    const { credentials, ...options } = localOptions(running);
    expect(options).toEqual({
      ownerUid: '2',
      requesterUid: '1',
      region: 'cn-hangzhou',
      requestTopic: 'asks',
      replyQueue: 'hears',
      endpoints: { owner: alive.owner.endpoint, requester: alive.requester.endpoint },
    });
    expect(await credentials?.()).toEqual({ accessKeyId: 'a', accessKeySecret: 'b' });
  });
});
