import { describe, expect, it } from 'vitest';
import { mnsAdmin } from '../../../shared/alicloud/mns-admin.ts';
import { callMns } from '../../../shared/alicloud/mns-call.ts';
import { mnsOpen } from '../../../shared/alicloud/mns-open.ts';
import { queue } from '../../../shared/alicloud/queue.ts';
import { topic } from '../../../shared/alicloud/topic.ts';
import { OWNER } from '../../kit/accounts.ts';
import { REGION } from './cloud.ts';
import { scriptedApi } from './scripted-api.ts';
import { cloudError, failureIn, patienceOf, planted, thrownBy } from './setup.ts';
import { mnsError, type Say, standIn, xml } from './stand-in.ts';

async function told(...says: [Say, ...Say[]]) {
  const { url, seen } = await standIn(...says);
  const options = { accountId: OWNER, endpoint: url, credentials: planted() };
  const sent = () => seen.map(({ method, url: { pathname, search } }) => `${method} ${pathname}${search}`);
  return {
    admin: mnsAdmin(options, patienceOf()),
    replies: queue('replies', options, patienceOf()),
    asks: topic('asks', options, patienceOf()),
    seen,
    sent,
  };
}
type Told = Awaited<ReturnType<typeof told>>;

const document = (root: string, inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://mns.aliyuncs.com/doc/v1/">${inner}</${root}>`;

describe('a topic and a queue, as the service is asked for them', () => {
  it.each<[what: string, call: (at: Told) => Promise<unknown>, say: Say, sent: string, body: string]>([
    ['a topic', ({ admin }) => admin.hasTopic('t'), { status: 200 }, 'GET /topics/t', ''],
    [
      'a new topic',
      ({ admin }) => admin.createTopic('t'),
      { status: 201 },
      'PUT /topics/t',
      document('Topic', '<MaximumMessageSize>65000</MaximumMessageSize>'),
    ],
    ['a topic that goes', ({ admin }) => admin.deleteTopic('t'), { status: 204 }, 'DELETE /topics/t', ''],
    ['a queue', ({ admin }) => admin.hasQueue('q'), { status: 200 }, 'GET /queues/q', ''],
    [
      'a new queue',
      ({ admin }) => admin.createQueue('q'),
      { status: 204 },
      'PUT /queues/q',
      document('Queue', '<MessageRetentionPeriod>604800</MessageRetentionPeriod>'),
    ],
    ['a queue that goes', ({ admin }) => admin.deleteQueue('q'), { status: 204 }, 'DELETE /queues/q', ''],
    [
      'a message that goes',
      ({ replies }) => replies.remove('h'),
      { status: 204 },
      'DELETE /queues/replies/messages?ReceiptHandle=h',
      '',
    ],
    [
      'a message that is shown again',
      ({ replies }) => replies.release('h', 7),
      { status: 200 },
      'PUT /queues/replies/messages?receiptHandle=h&visibilityTimeout=7',
      '',
    ],
    [
      'a message that is kept',
      ({ replies }) => replies.hold('h', 30),
      { status: 200 },
      'PUT /queues/replies/messages?receiptHandle=h&visibilityTimeout=30',
      '',
    ],
    [
      'a count',
      ({ replies }) => replies.count(),
      xml(200, '<Queue><ActiveMessages>1</ActiveMessages></Queue>'),
      'GET /queues/replies',
      '',
    ],
  ])('%s', async (_what, call, say, line, body) => {
    const at = await told(say);
    await call(at);
    expect(at.sent()).toEqual([line]);
    expect(at.seen[0]?.body).toBe(body);
  });

  it.each<[what: string, call: (at: Told) => Promise<unknown>]>([
    ['MNS GetTopicAttributes of t', ({ admin }) => admin.hasTopic('t')],
    ['MNS CreateTopic t', ({ admin }) => admin.createTopic('t')],
    ['MNS DeleteTopic t', ({ admin }) => admin.deleteTopic('t')],
    ['MNS GetQueueAttributes of q', ({ admin }) => admin.hasQueue('q')],
    ['MNS CreateQueue q', ({ admin }) => admin.createQueue('q')],
    ['MNS DeleteQueue q', ({ admin }) => admin.deleteQueue('q')],
    ['MNS ReceiveMessage from replies', ({ replies }) => replies.receive(0)],
    ['MNS ChangeMessageVisibility in replies', ({ replies }) => replies.release('h', 1)],
    ['MNS ChangeMessageVisibility in replies', ({ replies }) => replies.hold('h', 1)],
    ['MNS GetQueueAttributes of replies', ({ replies }) => replies.count()],
    ['MNS DeleteMessage from replies', ({ replies }) => replies.remove('h')],
    ['MNS PublishMessage to asks', ({ asks }) => asks.publish('{}')],
  ])('%s is what a refusal of it is called', async (what, call) => {
    const at = await told(mnsError(403, 'AccessDenied'));
    const error = await thrownBy(call(at));
    expect(failureIn(error)).toMatchObject({ what, code: 'AccessDenied', status: 403 });
    expect(String(error)).toContain(`${what}: AccessDenied (HTTP 403)`);
  });

  it('with a code that only begins as if it were gone is not taken for gone', async () => {
    const { admin } = await told(mnsError(404, 'QueueNotExistYet'));
    expect(await thrownBy(admin.hasQueue('q'))).toMatchObject({ failure: { code: 'QueueNotExistYet' } });
    expect(await thrownBy(admin.deleteQueue('q'))).toMatchObject({ failure: { code: 'QueueNotExistYet' } });
  });
});

describe('a message of a queue', () => {
  it.each([
    [
      'its new handle',
      xml(200, '<ChangeVisibility><ReceiptHandle>new</ReceiptHandle></ChangeVisibility>'),
      'new',
    ],
    ['no handle', xml(200, '<ChangeVisibility><Other>x</Other></ChangeVisibility>'), 'old'],
    ['nothing', { status: 200 }, 'old'],
  ])('is kept under %s that the service answers', async (_what, say, handle) => {
    const { replies } = await told(say);
    expect(await replies.hold('old', 30)).toBe(handle);
  });

  it.each(['ReceiptHandleError', 'MessageNotExist'])(
    'is not kept where the service says %s',
    async (code) => {
      const { replies } = await told(mnsError(404, code));
      expect(await thrownBy(replies.hold('h', 30))).toMatchObject({
        name: 'TerminalError',
        code: 'internal',
      });
    },
  );

  it.each(['XReceiptHandleError', 'MessageNotExistX'])('is not taken for released at %s', async (code) => {
    const { replies } = await told(mnsError(404, code));
    expect(await thrownBy(replies.release('h', 1))).toMatchObject({ name: 'TerminalError' });
  });

  it('a fault of ours is thrown as it is', async () => {
    const options = { accountId: OWNER, endpoint: 'no address', credentials: planted() };
    const broken = queue('replies', options, patienceOf());
    for (const call of [broken.release('h', 1), broken.hold('h', 1), broken.count(), broken.remove('h')])
      expect(Object(await thrownBy(call)).name).not.toBe('CloudError');
  });
});

describe('the count of a queue', () => {
  it.each([
    ['<ActiveMessages>3</ActiveMessages><InactiveMessages>2</InactiveMessages>', 5],
    ['<ActiveMessages>3</ActiveMessages>', 3],
    ['<InactiveMessages>2</InactiveMessages>', 2],
    ['<Other>2</Other>', 0],
  ])('of %s is %i', async (inner, count) => {
    const { replies } = await told(xml(200, `<Queue>${inner}</Queue>`));
    expect(await replies.count()).toBe(count);
  });

  it('is not guessed at', async () => {
    const { replies } = await told(xml(200, '<Queue><ActiveMessages>many</ActiveMessages></Queue>'));
    expect(await thrownBy(replies.count())).toMatchObject({
      message:
        'MNS GetQueueAttributes of replies: the answer does not have the documented shape (at "ActiveMessages")',
    });
  });
});

describe('what the SDK throws', () => {
  const options = { accountId: OWNER, endpoint: 'http://127.0.0.1:1', credentials: planted() };
  const thrown = async (name: string, more: object = {}) => {
    const error = Object.assign(new Error('no'), { name }, more);
    const call = () => Promise.reject(error);
    return failureIn(await thrownBy(callMns('MNS X', options, 1_000, 201, call)));
  };

  it.each([
    ['MNSTopicNotExistError', {}, { code: 'TopicNotExist', status: 404 }],
    ['MNSNobodyKnowsError', {}, { code: 'NobodyKnows', status: 400 }],
    ['XMNSTopicNotExistError', {}, { code: 'XMNSTopicNotExistError', status: 0 }],
    ['MNSTopicNotExistErrors', {}, { code: 'MNSTopicNotExistErrors', status: 0 }],
    ['RequestTimeout', { code: 'E-CONN RESET' }, { code: 'ECONNRESET', status: 0 }],
    ['Request Timeout', {}, { code: 'RequestTimeout', status: 0 }],
    ['RequestTimeout', { code: 7 }, { code: 'RequestTimeout', status: 0 }],
  ])('by the name %s beside %j', async (name, more, known) => {
    expect(await thrown(name, more)).toEqual({
      what: 'MNS X',
      requestId: null,
      retryAfterMs: null,
      denied: null,
      ...known,
    });
  });
});

describe('a subscription, as the control API is asked for it', () => {
  const at = {
    service: 'MNS',
    version: '2022-01-19',
    host: 'mns-open.cn-hangzhou.aliyuncs.com',
    body: 'form',
  };
  const names = { TopicName: 't', SubscriptionName: 's' };
  const shown = {
    SubscriptionName: 's',
    Endpoint: 'e',
    NotifyContentFormat: 'f',
    NotifyStrategy: 'n',
  };

  it('is read, listed and taken away', async () => {
    const { api, calls } = scriptedApi(
      { Success: true, Data: shown },
      { Data: { PageData: [], Pages: 0 } },
      {},
    );
    const open = mnsOpen(api, REGION);
    expect(await open.subscription('t', 's')).toEqual({
      name: 's',
      endpoint: 'e',
      contentFormat: 'f',
      strategy: 'n',
      filterTag: null,
      createdAt: '',
    });
    expect(await open.subscriptions('t')).toEqual([]);
    await open.unsubscribe('t', 's');
    expect(calls).toEqual([
      { ...at, action: 'GetSubscriptionAttributes', parameters: names },
      {
        ...at,
        action: 'ListSubscriptionByTopic',
        parameters: { TopicName: 't', PageNum: '1', PageSize: '50' },
      },
      { ...at, action: 'Unsubscribe', parameters: names },
    ]);
  });

  it('inside one account has neither a role nor a filter', async () => {
    const { api, calls } = scriptedApi({});
    await mnsOpen(api, REGION).subscribe('t', 's', {
      endpoint: 'e',
      contentFormat: 'JSON',
      strategy: 'BACKOFF_RETRY',
      roleArn: null,
      filterTag: null,
    });
    expect(calls[0]?.parameters).toEqual({
      ...names,
      PushType: 'queue',
      Endpoint: 'e',
      NotifyContentFormat: 'JSON',
      NotifyStrategy: 'BACKOFF_RETRY',
    });
  });

  it.each<[answer: object, code: string]>([
    [{ Success: false }, 'Unknown'],
    [{ Success: false, Code: 7 }, '7'],
    [{ Success: false, Code: `A b${'x'.repeat(200)}` }, `Ab${'x'.repeat(98)}`],
  ])('is refused by an answer of 200 that says no: %j', async (answer, code) => {
    const { api } = scriptedApi(answer);
    expect(failureIn(await thrownBy(mnsOpen(api, REGION).unsubscribe('t', 's')))).toEqual({
      what: 'MNS Unsubscribe',
      code,
      status: 200,
      requestId: null,
      retryAfterMs: null,
      denied: null,
    });
  });

  it.each([
    ['MNS Subscribe', { Success: 'no' }, 'Success'],
    ['MNS GetSubscriptionAttributes', { Data: {} }, 'Data.SubscriptionName'],
    ['MNS ListSubscriptionByTopic', { Data: { PageData: [] } }, 'Data.Pages'],
  ])('is not guessed at from another shape: %s', async (what, answer, place) => {
    const open = mnsOpen(scriptedApi(answer).api, REGION);
    const wanted = {
      endpoint: 'e',
      contentFormat: 'XML',
      strategy: 'BACKOFF_RETRY',
      roleArn: null,
      filterTag: null,
    };
    const calls = {
      'MNS Subscribe': () => open.subscribe('t', 's', wanted as Parameters<typeof open.subscribe>[2]),
      'MNS GetSubscriptionAttributes': () => open.subscription('t', 's'),
      'MNS ListSubscriptionByTopic': () => open.subscriptions('t'),
    };
    expect(await thrownBy(Reflect.get(calls, what)())).toMatchObject({
      message: `${what}: the answer does not have the documented shape (at "${place}")`,
    });
  });

  it.each([
    ['ResourceNotFound', true],
    ['ResourceNotFoundTopicName', true],
    ['resource_not_found', true],
    ['XResourceNotFound', false],
    ['ResourceNotFoundX', false],
    ['MyTopicNotExist', false],
  ])('is gone where the service says %s: %s', async (code, gone) => {
    const read = mnsOpen(scriptedApi(cloudError({ code, status: 404 })).api, REGION).subscription('t', 's');
    if (gone) expect(await read).toBeNull();
    else expect(await thrownBy(read)).toMatchObject({ failure: { code } });
  });
});
