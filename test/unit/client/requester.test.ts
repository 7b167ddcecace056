import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Requester } from '../../../client/requester.ts';
import type { Action } from '../../../events/action.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { connectProxy } from '../../kit/connect-proxy.ts';
import { thrownBy } from '../alicloud/setup.ts';
import { json, mnsError } from '../alicloud/stand-in.ts';
import { message, publishedOf, replyWith, standInCloud } from './stand-in-cloud.ts';

afterEach(() => void vi.unstubAllEnvs());

const TOPIC = 'POST /topics/dms-handshake-requests/messages';
const QUEUE = '/queues/dms-handshake-replies/messages';
const reply = (data: object, id = 'M-1') => message(replyWith({ requestId: 'r-1', ...data }, { id }), id);
const WANTED = { engines: ['redis'], requestId: 'r-1' } as const;
const REFUSED = json(403, { Code: 'NoPermission', Message: 'no', RequestId: 'R' });

describe('asking and waiting', () => {
  it('looks at the queue, takes the sender role, publishes, receives, and takes the reply out', async () => {
    const { requester, seen, names } = await standInCloud({
      replies: [mnsError(404, 'MessageNotExist'), reply({})],
    });
    const verified = await requester.request(WANTED);
    expect(verified).toMatchObject({ id: 'M-1', data: { status: 'verified', requestId: 'r-1' } });
    expect(names()).toEqual([`GET ${QUEUE}`, 'AssumeRole', TOPIC, `GET ${QUEUE}`, `DELETE ${QUEUE}`]);
    expect(publishedOf(seen)).toEqual({
      engines: ['redis'],
      requesterUid: REQUESTER,
      action: 'grant',
      requestId: 'r-1',
    });
    const [look, assume, , receive, remove] = seen;
    expect(look?.url.search).toBe('');
    expect(Object.fromEntries(assume?.url.searchParams ?? [])).toEqual({
      RoleArn: `acs:ram::${OWNER}:role/dms-handshake-sender-${REQUESTER}`,
      RoleSessionName: 'dms-handshake-request',
      DurationSeconds: '900',
    });
    expect(receive?.url.search).toBe('?waitseconds=10');
    expect(remove?.url.searchParams.get('ReceiptHandle')).toBe('h-M-1');
  });

  it.each([
    ['extend', 'verified', { ...WANTED, expiresAt: '2099-01-01T00:00:00Z' }],
    ['revoke', 'revoked', { requestId: 'r-1' }],
  ] as const)('to %s resolves with a reply of %s', async (action, status, wanted) => {
    const { requester, seen } = await standInCloud({ replies: [reply({}, 'old'), reply({ status })] });
    const replied = await requester[action](wanted);
    expect(replied.data.status).toBe(status);
    expect(publishedOf(seen)).toEqual({ ...wanted, requesterUid: REQUESTER, action });
  });

  it('under an id of its own where none is given', async () => {
    const { requester, seen } = await standInCloud();
    await thrownBy(requester.request({ engines: ['redis'] }, { waitMs: 1 }));
    expect(publishedOf(seen)).toMatchObject({
      requestId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    });
  });

  it('to give all back needs no word more', async () => {
    const { requester, seen } = await standInCloud();
    const asked = requester.revoke();
    requester.close();
    await thrownBy(asked);
    expect(publishedOf(seen)).toBeNull();
    const again = await standInCloud();
    await thrownBy(again.requester.revoke(undefined, { waitMs: 1 }));
    expect(publishedOf(again.seen)).toMatchObject({ action: 'revoke', requesterUid: REQUESTER });
  });

  it('goes on after word that it waits for the owner', async () => {
    const { requester, names } = await standInCloud({
      replies: [
        mnsError(404, 'MessageNotExist'),
        reply({ status: 'pending' }),
        reply({ status: 'pending' }),
        reply({}),
      ],
    });
    expect((await requester.request(WANTED)).data.status).toBe('verified');
    expect(names().filter((name) => name.startsWith('DELETE'))).toHaveLength(3);
  });

  it('that waits for the owner ends in time', async () => {
    const { requester } = await standInCloud({
      replies: [mnsError(404, 'MessageNotExist'), reply({ status: 'pending' })],
    });
    expect(await thrownBy(requester.request(WANTED, { waitMs: 30 }))).toMatchObject({
      name: 'NoReplyError',
      code: 'no-reply',
      message: 'no reply to r-1 came within 0 s',
      requestId: 'r-1',
      sent: 'yes',
    });
  });

  it.each([
    [
      'rejected',
      { code: 'engine-not-allowed', title: 't', detail: 'redis is not allowed', retryable: false },
      'the request was rejected: redis is not allowed',
    ],
    [
      'failed',
      { code: 'internal', title: 't', detail: 'why', retryable: true },
      'the request was not fulfilled: why',
    ],
    ['revoked', null, 'the request was not fulfilled: revoked'],
  ])('throws what a reply of %s says', async (status, problem, text) => {
    const { requester } = await standInCloud({
      replies: [mnsError(404, 'MessageNotExist'), reply({ status, problem })],
    });
    expect(await thrownBy(requester.request(WANTED))).toMatchObject({
      name: 'NotDoneError',
      code: 'not-done',
      message: text,
      requestId: 'r-1',
      sent: 'yes',
      problem,
      reply: { data: { status } },
    });
  });

  it.each([
    ['another request', { requestId: 'r-2' }],
    ['another account', { requesterUid: '3' }],
    ['another owner', { ownerUid: '4' }],
  ])('leaves a reply to %s in the queue', async (_what, data) => {
    const { requester, names } = await standInCloud({ replies: [reply(data), reply({}, 'M-2')] });
    expect((await requester.waitForReply('r-1')).id).toBe('M-2');
    expect(names()).toEqual([`GET ${QUEUE}`, `PUT ${QUEUE}`, `GET ${QUEUE}`, `DELETE ${QUEUE}`]);
  });
});

describe('sending', () => {
  it('asks nobody who it is where that is said, and looks at no queue', async () => {
    const { requester, names } = await standInCloud();
    expect(await requester.send('revoke', WANTED)).toBe('r-1');
    expect(names()).toEqual(['AssumeRole', TOPIC]);
  });

  it('asks whose credentials these are where it is not said', async () => {
    const { requester, names, seen } = await standInCloud({}, { requesterUid: undefined } as object);
    await requester.send('grant', WANTED);
    expect(names()).toEqual(['GetCallerIdentity', 'AssumeRole', TOPIC]);
    expect(publishedOf(seen)).toMatchObject({ requesterUid: REQUESTER });
  });

  it('goes to the topic and the queue that it is told', async () => {
    const { requester, names } = await standInCloud({}, { requestTopic: 'asks', replyQueue: 'hears' });
    await requester.send('grant', WANTED);
    await requester.lookForReplies();
    expect(names()).toEqual(['AssumeRole', 'POST /topics/asks/messages', 'GET /queues/hears/messages']);
  });

  it('carries what XML would not', async () => {
    const { requester, seen } = await standInCloud();
    await requester.send('grant', { ...WANTED, reference: '<a & b>' });
    expect(publishedOf(seen)).toMatchObject({ reference: '<a & b>' });
  });

  it.each<[what: string, action: Action, wanted: unknown, message: string]>([
    [
      'nothing',
      'grant',
      undefined,
      'what to ask for is missing: expected an object such as { engines: ["redis"] }',
    ],
    ['null', 'grant', null, 'what to ask for is missing: expected an object such as { engines: ["redis"] }'],
    [
      'a list',
      'grant',
      ['redis'],
      'what to ask for is missing: expected an object such as { engines: ["redis"] }',
    ],
    [
      'another action',
      'grant',
      { ...WANTED, action: 'revoke' },
      'action is "revoke", and this requester asks with "grant"; leave it out',
    ],
    [
      'another account',
      'grant',
      { ...WANTED, requesterUid: 7 },
      `requesterUid is 7, and this requester asks with "${REQUESTER}"; leave it out`,
    ],
    [
      'an end that is past',
      'grant',
      { ...WANTED, expiresAt: '2020-01-01T00:00:00Z' },
      'expiresAt is 2020-01-01T00:00:00.000Z, which is past; give a later time',
    ],
    [
      'an engine that there is not',
      'grant',
      { ...WANTED, engines: ['rediss'] },
      'engines[0] is "rediss", which is no engine; the nearest is "redis". Known: clickhouse, gdb, hologres, lindorm, oceanbase, polardb-mysql, polardb-oracle, polardb-postgresql, polardbx1, polardbx2, rds, redis, selectdb.',
    ],
  ])('%s is refused before anything is sent', async (_what, action, wanted, text) => {
    const { requester, seen } = await standInCloud();
    expect(await thrownBy(Reflect.apply(requester.send, undefined, [action, wanted]))).toMatchObject({
      name: 'InvalidRequestError',
      code: 'invalid-request',
      message: text,
      requestId: null,
      sent: 'no',
    });
    expect(seen).toEqual([]);
  });

  it('takes what the method decides where it is the same, or null', async () => {
    const { requester } = await standInCloud();
    const wanted = { ...WANTED, action: 'grant', requesterUid: null };
    expect(await requester.send('grant', wanted)).toBe('r-1');
  });

  it('for its own account is refused', async () => {
    const { requester, names } = await standInCloud({ identity: json(200, { AccountId: OWNER }) }, {
      requesterUid: undefined,
    } as object);
    expect(await thrownBy(requester.send('grant', WANTED))).toMatchObject({
      name: 'InvalidRequestError',
      message: `requesterUid is ${OWNER}, which is the owner's own account; DMS needs no role in its own account`,
    });
    expect(names()).toEqual(['GetCallerIdentity']);
  });
});

describe('what the cloud refuses', () => {
  const noRole = `account ${OWNER} has no role dms-handshake-sender-${REQUESTER} that lets account ${REQUESTER} send requests; its operator makes it with "npx dms-handshake bootstrap --requester ${REQUESTER}"`;
  const noQueue = `account ${REQUESTER} has no queue dms-handshake-replies to receive replies in; make it with "npx dms-handshake bootstrap --side requester --owner ${OWNER}"`;
  const lacks = 'the RAM user or role that runs this lacks the right';

  it.each([
    [
      'a sender role that is not there',
      { assume: json(404, { Code: 'EntityNotExist.Role' }) },
      null,
      'no',
      noRole,
    ],
    [
      'a sender role that it may not take',
      { assume: REFUSED },
      null,
      'no',
      `STS AssumeRole: NoPermission (HTTP 403), request id R; ${lacks}`,
    ],
    [
      'a message',
      { publish: mnsError(403, 'AccessDenied') },
      'r-1',
      'no',
      expect.stringMatching(
        `^MNS PublishMessage to dms-handshake-requests: AccessDenied \\(HTTP 403\\), request id \\w+; ${lacks}$`,
      ),
    ],
    [
      'a topic that is not there',
      { publish: mnsError(404, 'TopicNotExist') },
      'r-1',
      'no',
      expect.stringMatching('^MNS PublishMessage to dms-handshake-requests: TopicNotExist'),
    ],
    [
      'a message, without a word that it was not taken',
      { publish: mnsError(400, 'MalformedXML') },
      'r-1',
      'maybe',
      expect.stringMatching('^MNS PublishMessage to dms-handshake-requests: MalformedXML'),
    ],
    [
      'an answer',
      { publish: 'hang up' as const },
      'r-1',
      'maybe',
      'MNS PublishMessage to dms-handshake-requests: no answer (ECONNRESET); check the network, the region and that no proxy is needed (HTTPS_PROXY)',
    ],
  ])('%s: what is known of the request is said', async (_what, services, requestId, sent, text) => {
    const { requester } = await standInCloud(services, {}, new TestClock(Date.now()));
    const error = await thrownBy(requester.send('grant', WANTED));
    expect(error).toMatchObject({ name: 'CloudCallError', code: 'cloud', message: text, requestId, sent });
    expect(Object(error).cause).toBeInstanceOf(Error);
  });

  it.each([
    ['a sender role', { assume: json(404, { Code: 'NoEntityNotExist', Message: 'm', RequestId: 'R' }) }],
    ['a topic', { publish: mnsError(404, 'QueueNotExist') }],
  ])('%s that another code says of: the code is told', async (_what, services) => {
    const { requester } = await standInCloud(services);
    expect(await thrownBy(requester.send('grant', WANTED))).toMatchObject({
      code: 'cloud',
      message: expect.stringMatching(
        /^(STS AssumeRole: NoEntityNotExist|MNS PublishMessage to .*: QueueNotExist)/,
      ),
    });
  });

  it('an answer of another form is thrown as what it is', async () => {
    const { requester } = await standInCloud({ identity: json(200, {}) }, {
      requesterUid: undefined,
    } as object);
    expect(await thrownBy(requester.send('grant', WANTED))).toMatchObject({
      name: 'TerminalError',
      message: expect.stringMatching('^STS GetCallerIdentity'),
    });
  });

  it('a queue that is not there: nothing is sent', async () => {
    const { requester, names } = await standInCloud({ replies: [mnsError(404, 'QueueNotExist')] });
    expect(await thrownBy(requester.request(WANTED))).toMatchObject({
      name: 'CloudCallError',
      message: noQueue,
      sent: 'no',
    });
    expect(names()).toEqual([`GET ${QUEUE}`]);
  });

  it('a queue that is gone while somebody waits: the request is on its way', async () => {
    const { requester } = await standInCloud({ replies: [mnsError(404, 'QueueNotExist')] });
    expect(await thrownBy(requester.waitForReply('r-1'))).toMatchObject({
      name: 'CloudCallError',
      message: noQueue,
      requestId: 'r-1',
      sent: 'yes',
    });
  });

  it('a look at the queue', async () => {
    const { requester } = await standInCloud({ replies: [mnsError(403, 'AccessDenied')] });
    expect(await thrownBy(requester.lookForReplies())).toMatchObject({
      code: 'cloud',
      message: expect.stringMatching('^MNS ReceiveMessage from dms-handshake-replies: AccessDenied'),
      requestId: null,
      sent: 'no',
    });
  });

  it.each([
    [
      { accessKeyId: 'a\n', accessKeySecret: 'b' },
      'accessKeyId of the credentials ends in a line end (\\n), which no key has; set it again without',
    ],
    [
      { accessKeyId: 'a', accessKeySecret: 'b c' },
      'accessKeySecret of the credentials holds a space, which no key has; set it again without',
    ],
    [
      { accessKeyId: 'a', accessKeySecret: 'b', securityToken: '\t' },
      'securityToken of the credentials ends in a tab (\\t), which no key has; set it again without',
    ],
  ])('keys that cannot be right are not sent: %j', async (keys, text) => {
    const { requester, seen } = await standInCloud({}, { credentials: async () => keys });
    expect(await thrownBy(requester.send('grant', WANTED))).toMatchObject({ code: 'cloud', message: text });
    expect(seen).toEqual([]);
  });

  it('a variable that names a proxy which is none: nothing is sent', async () => {
    const { requester, seen } = await standInCloud();
    vi.stubEnv('HTTPS_PROXY', 'socks5://u:hunter2@h:1');
    expect(await thrownBy(requester.send('grant', WANTED))).toMatchObject({
      code: 'cloud',
      message:
        'HTTPS_PROXY names a proxy for socks5, and only HTTP proxies are spoken to; give one with http:// or https://',
      sent: 'no',
    });
    expect(seen).toEqual([]);
  });

  it('what the function for the keys throws is thrown as it is', async () => {
    const error = new Error('the vault is closed');
    const { requester } = await standInCloud({}, { credentials: () => Promise.reject(error) });
    expect(await thrownBy(requester.send('grant', WANTED))).toBe(error);
  });
});

describe('without an address', () => {
  /** Every call ends at a proxy that makes no connection, and writes down where it was to go. */
  async function asked(options: object, call: (requester: Requester) => Promise<unknown>) {
    const proxy = await connectProxy(403);
    onTestFinished(() => proxy.close());
    for (const name of ['no_proxy', 'NO_PROXY', 'https_proxy']) vi.stubEnv(name, undefined);
    vi.stubEnv('HTTPS_PROXY', proxy.url);
    const clock = new TestClock(Date.now());
    const { requester } = await standInCloud({}, { endpoints: undefined, ...options } as object, clock);
    expect(await thrownBy(call(requester))).toMatchObject({
      code: 'cloud',
      message: expect.stringContaining('ProxyRefused403'),
    });
    return [...new Set(proxy.asked)];
  }
  const look = (requester: Requester) => requester.lookForReplies();
  const send = (requester: Requester) => requester.send('grant', WANTED);

  it('the services of a region are asked, through the proxy of the environment', async () => {
    expect(await asked({}, send)).toEqual(['sts.cn-hangzhou.aliyuncs.com:443']);
    expect(await asked({ region: 'cn-shanghai' }, send)).toEqual(['sts.cn-shanghai.aliyuncs.com:443']);
    expect(await asked({}, look)).toEqual([`${REQUESTER}.mns.cn-hangzhou.aliyuncs.com:443`]);
    expect(await asked({ region: 'ap-southeast-1' }, look)).toEqual([
      `${REQUESTER}.mns.ap-southeast-1.aliyuncs.com:443`,
    ]);
  });
});

it('without a function for the keys those of the environment are taken', async () => {
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'LTAIenvironment');
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'x');
  const { requester, seen } = await standInCloud({}, { credentials: undefined } as object);
  await requester.send('grant', WANTED);
  expect(seen[0]?.headers['authorization']).toContain('Credential=LTAIenvironment,');
});

describe('closing and stopping', () => {
  it('ends the waiting, with word that the request was sent', async () => {
    const { requester } = await standInCloud({ replies: Array(50).fill('silence') });
    const waiting = thrownBy(requester.waitForReply('r-1'));
    requester.close();
    expect(await waiting).toMatchObject({
      name: 'AbortedError',
      code: 'aborted',
      message: 'the requester was closed; the request r-1 was sent',
      requestId: 'r-1',
      sent: 'yes',
    });
    expect(await thrownBy(requester.send('grant', WANTED))).toMatchObject({
      message: 'the requester was closed',
    });
  });

  it('by a signal that was aborted before ends the waiting at once', async () => {
    const { requester, seen } = await standInCloud();
    const signal = AbortSignal.abort('enough');
    expect(await thrownBy(requester.waitForReply('r-1', { signal }))).toMatchObject({
      message: 'enough; the request r-1 was sent',
      cause: 'enough',
    });
    expect(seen).toEqual([]);
  });

  it('by what is no signal is refused before anything is sent', async () => {
    const { requester, seen } = await standInCloud();
    const odd: { signal: AbortSignal } = JSON.parse('{ "signal": "now" }');
    for (const asked of [
      requester.send('grant', WANTED, odd),
      requester.request(WANTED, odd),
      requester.waitForReply('r-1', odd),
    ])
      expect(await thrownBy(asked)).toMatchObject({
        name: 'InvalidOptionsError',
        message: 'signal is "now": expected an AbortSignal',
      });
    expect(seen).toEqual([]);
  });
});

describe('all replies', () => {
  it('are those of this owner that nobody waits for', async () => {
    const { requester, names } = await standInCloud({
      replies: [
        reply({ ownerUid: '4' }, 'theirs'),
        reply({ requestId: 'r-9', status: 'changed' }, 'M-9'),
        reply({ requestId: 'r-8', requesterUid: '3' }, 'M-8'),
      ],
    });
    const heard: string[] = [];
    for await (const { id } of requester.replies()) {
      heard.push(id);
      if (heard.length === 2) break;
    }
    requester.close();
    expect(heard).toEqual(['M-9', 'M-8']);
    expect(names().filter((name) => name.startsWith('DELETE'))).toHaveLength(2);
  });

  it('leave the reply to a request to whoever asked', async () => {
    const { requester } = await standInCloud({
      replies: [mnsError(404, 'MessageNotExist'), reply({}), reply({ requestId: 'r-9' }, 'M-9')],
    });
    const feed = requester.replies();
    const [asked, heard] = await Promise.all([requester.request(WANTED), feed.next()]);
    expect([asked.id, heard.value?.id]).toEqual(['M-1', 'M-9']);
    requester.close();
    expect(await feed.next()).toEqual({ value: undefined, done: true });
  });

  it('hold what comes later about a request that was asked and answered', async () => {
    const { requester } = await standInCloud({
      replies: [mnsError(404, 'MessageNotExist'), reply({}), reply({ status: 'changed' }, 'M-2')],
    });
    await requester.request(WANTED);
    const { value } = await requester.replies().next();
    expect([value?.id, value?.data.status]).toEqual(['M-2', 'changed']);
    requester.close();
  });

  it('end with the signal', async () => {
    const { requester, seen } = await standInCloud();
    const feed = requester.replies({ signal: AbortSignal.abort() });
    expect(await feed.next()).toEqual({ value: undefined, done: true });
    expect(seen).toEqual([]);
  });
});
