import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../../../../local/cloud/error.ts';
import {
  createQueue,
  createTopic,
  mnsIdle,
  publishToTopic,
  type SubscriptionRequest,
  subscribe,
} from '../../../../local/cloud/mns/index.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { SECOND } from '../../../kit/time.ts';
import { addRole } from '../../../kit/two-accounts.ts';
import { type Mns, message, mns } from './mns.ts';

const INBOX = `acs:mns:cn-hangzhou:${OWNER}:queues/inbox`;
const REMOTE = `acs:mns:cn-hangzhou:${REQUESTER}:queues/replies`;
const FUNCTION = `acs:fc:cn-hangzhou:${OWNER}:functions/provision`;

let cloud: Mns;
beforeEach(() => {
  cloud = mns();
  createTopic(cloud.world, cloud.owner, 'news');
  createQueue(cloud.world, cloud.owner, 'inbox');
  createQueue(cloud.world, cloud.requester, 'replies');
});

const to = (name: string, request: SubscriptionRequest) =>
  subscribe(cloud.world, cloud.owner, 'news', name, request);
const publish = (body: string, tag?: string) =>
  publishToTopic(cloud.world, cloud.owner, 'news', tag === undefined ? { body } : { body, tag });
const inbox = (): string[] => cloud.owner.mns.queue('inbox').messages.map(({ body }) => body);
const replies = (): string[] => cloud.requester.mns.queue('replies').messages.map(({ body }) => body);
const failures = () =>
  cloud.owner.mns.undelivered.map(({ attempts, lastError, nextAttemptAt }) => ({
    attempts,
    code: lastError.code,
    givenUp: nextAttemptAt === null,
  }));
const trusting = (service: string) => ({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [service] } }],
});

describe('from a topic to a queue', () => {
  it('goes the bare body, or the message wrapped in JSON or XML', async () => {
    const { world, owner } = cloud;
    for (const name of ['json', 'xml']) createQueue(world, owner, name);
    to('bare', { endpoint: INBOX, notifyContentFormat: 'SIMPLIFIED' });
    to('json', { endpoint: INBOX.replace('inbox', 'json'), notifyContentFormat: 'JSON' });
    to('xml', { endpoint: INBOX.replace('inbox', 'xml') });
    const body = '{"a":"<b> & \u00fc"}';
    const { messageId } = publish(body, 'verified');
    await mnsIdle(world);
    expect(inbox()).toEqual([body]);
    expect(JSON.parse(owner.mns.queue('json').messages[0]?.body ?? '')).toEqual({
      TopicOwner: OWNER,
      TopicName: 'news',
      Subscriber: OWNER,
      SubscriptionName: 'json',
      MessageId: messageId,
      MessageMD5: expect.stringMatching(/^[0-9A-F]{32}$/),
      Message: body,
      PublishTime: String(cloud.clock.now()),
      MessageTag: 'verified',
    });
    const wrapped = owner.mns.queue('xml').messages[0]?.body ?? '';
    expect(wrapped).toContain('<Notification xmlns="http://mns.aliyuncs.com/doc/v1"><TopicOwner>');
    expect(wrapped).toContain('<Message>{"a":"&lt;b&gt; &amp; \u00fc"}</Message>');
  });

  it('is told to the publisher as taken before anything is delivered', async () => {
    to('bare', { endpoint: INBOX, notifyContentFormat: 'SIMPLIFIED' });
    publish('x');
    expect(inbox()).toEqual([]);
    await mnsIdle(cloud.world);
    expect(inbox()).toEqual(['x']);
  });

  it('goes only what has the tag of the filter', async () => {
    to('verified', { endpoint: INBOX, notifyContentFormat: 'SIMPLIFIED', filterTag: 'verified' });
    publish('yes', 'verified');
    publish('no', 'failed');
    publish('neither');
    publish('case', 'Verified');
    await mnsIdle(cloud.world);
    expect(inbox()).toEqual(['yes']);
  });

  it('is tried again when the queue is missing, and then given up and kept to be seen', async () => {
    to('lost', { endpoint: INBOX.replace('inbox', 'none'), notifyContentFormat: 'SIMPLIFIED' });
    publish('x');
    await cloud.clock.advance(0);
    expect(failures()).toEqual([{ attempts: 1, code: 'QueueNotExist', givenUp: false }]);
    expect((await cloud.send('GET', '/topics/news')).at('Topic', 'MessageCount')).toBe('1');
    await cloud.clock.advance(3 * 20 * SECOND);
    await mnsIdle(cloud.world);
    expect(failures()).toEqual([{ attempts: 4, code: 'QueueNotExist', givenUp: true }]);
    expect((await cloud.send('GET', '/topics/news')).at('Topic', 'MessageCount')).toBe('0');
  });

  it('arrives once the queue is there, if that is soon enough', async () => {
    to('late', { endpoint: INBOX.replace('inbox', 'late'), notifyContentFormat: 'SIMPLIFIED' });
    publish('x');
    await cloud.clock.advance(25 * SECOND);
    createQueue(cloud.world, cloud.owner, 'late');
    await cloud.clock.advance(20 * SECOND);
    expect(cloud.owner.mns.queue('late').messages.map(({ body }) => body)).toEqual(['x']);
    expect(failures()).toEqual([]);
  });

  it('is tried 176 times more over a day with EXPONENTIAL_DECAY_RETRY', async () => {
    to('lost', { endpoint: INBOX.replace('inbox', 'none'), notifyStrategy: 'EXPONENTIAL_DECAY_RETRY' });
    publish('x');
    await cloud.clock.advance(511 * SECOND);
    expect(failures()).toEqual([{ attempts: 10, code: 'QueueNotExist', givenUp: false }]);
    await cloud.clock.advance(86_400 * SECOND);
    expect(failures()).toEqual([{ attempts: 177, code: 'QueueNotExist', givenUp: true }]);
  });

  it('is not tried again for a subscription that was taken back', async () => {
    to('lost', { endpoint: INBOX.replace('inbox', 'none') });
    publish('x');
    await cloud.clock.advance(1 * SECOND);
    await cloud.send('DELETE', '/topics/news/subscriptions/lost');
    await cloud.clock.advance(60 * SECOND);
    expect(failures()).toEqual([{ attempts: 1, code: 'QueueNotExist', givenUp: true }]);
  });

  it('meets the weather: a push that is lost is tried again, one whose answer is lost arrives twice', async () => {
    const pushes = (call: { service: string; operation: string }) =>
      call.service === 'mns' && call.operation === 'Push';
    to('bare', { endpoint: INBOX, notifyContentFormat: 'SIMPLIFIED' });
    cloud.world.weather.faults.push({ matches: pushes, at: 'dropped' });
    publish('once');
    await cloud.clock.advance(20 * SECOND);
    expect(inbox()).toEqual(['once']);
    cloud.world.weather.faults.push({ matches: pushes, at: 'lost' });
    publish('twice');
    await cloud.clock.advance(20 * SECOND);
    expect(inbox()).toEqual(['once', 'twice', 'twice']);
    expect(failures()).toEqual([]);
  });
});

describe('from a topic to a queue of another account', () => {
  const stsRoleArn = `acs:ram::${REQUESTER}:role/replies`;
  const send = {
    Effect: 'Allow',
    Action: 'mns:SendMessage',
    Resource: `acs:mns:cn-hangzhou:${REQUESTER}:/queues/replies/messages`,
  } as const;
  const remote = () => to('remote', { endpoint: REMOTE, notifyContentFormat: 'SIMPLIFIED', stsRoleArn });

  it('goes under a role of that account that trusts the owner of the topic', async () => {
    addRole(cloud.requester, 'replies', trusting(`${OWNER}@mns.aliyuncs.com`), send);
    remote();
    publish('hello');
    await mnsIdle(cloud.world);
    expect(replies()).toEqual(['hello']);
  });

  it.each([
    ['there is no such role', () => undefined, 'EntityNotExist.Role'],
    [
      'the role trusts the service of its own account only',
      () => addRole(cloud.requester, 'replies', trusting('mns.aliyuncs.com'), send),
      'NoPermission',
    ],
    [
      'the role trusts another account',
      () => addRole(cloud.requester, 'replies', trusting('1000000000000003@mns.aliyuncs.com'), send),
      'NoPermission',
    ],
    [
      'the role may not send',
      () => addRole(cloud.requester, 'replies', trusting(`${OWNER}@mns.aliyuncs.com`)),
      'NoPermission',
    ],
    [
      'the role may send to another queue',
      () =>
        addRole(cloud.requester, 'replies', trusting(`${OWNER}@mns.aliyuncs.com`), {
          ...send,
          Resource: send.Resource.replace('replies', 'other'),
        }),
      'NoPermission',
    ],
    [
      'the resource lacks the slash that the vendor wants',
      () =>
        addRole(cloud.requester, 'replies', trusting(`${OWNER}@mns.aliyuncs.com`), {
          ...send,
          Resource: send.Resource.replace(':/queues', ':queues'),
        }),
      'NoPermission',
    ],
  ])('goes nothing if %s', async (_why, prepare, code) => {
    prepare();
    remote();
    publish('hello');
    await cloud.clock.advance(60 * SECOND);
    await mnsIdle(cloud.world);
    expect(replies()).toEqual([]);
    expect(failures()).toEqual([{ attempts: 4, code, givenUp: true }]);
  });

  it('goes nothing under a role of the wrong account, whatever it may do', async () => {
    addRole(cloud.owner, 'mighty', trusting('mns.aliyuncs.com'), {
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
    });
    to('remote', { endpoint: REMOTE, stsRoleArn: `acs:ram::${OWNER}:role/mighty` });
    publish('hello');
    await cloud.clock.advance(60 * SECOND);
    expect(replies()).toEqual([]);
    expect(failures()).toEqual([{ attempts: 4, code: 'AccessDenied', givenUp: true }]);
  });

  it('goes nothing without a role: the subscription is taken, its pushes are refused', async () => {
    addRole(cloud.requester, 'replies', trusting(`${OWNER}@mns.aliyuncs.com`), send);
    to('remote', { endpoint: REMOTE, notifyContentFormat: 'SIMPLIFIED' });
    publish('hello');
    await cloud.clock.advance(60 * SECOND);
    expect(replies()).toEqual([]);
    expect(failures()).toEqual([{ attempts: 4, code: 'AccessDenied', givenUp: true }]);
  });

  it('goes nothing to an account that does not exist', async () => {
    to('x', { endpoint: REMOTE.replace(REQUESTER, '1000000000000009') });
    publish('hello');
    await cloud.clock.advance(60 * SECOND);
    expect(failures()).toEqual([{ attempts: 4, code: 'AccessDenied', givenUp: true }]);
  });

  it('goes to the dead letters of the subscription what was given up', async () => {
    const lost = cloud.owner.mns.addQueue('lost');
    to('remote', { endpoint: REMOTE, notifyContentFormat: 'SIMPLIFIED', deadLetterQueue: 'lost' });
    publish('hello');
    await cloud.clock.advance(60 * SECOND);
    expect(lost.messages.map(({ body }) => body)).toEqual(['hello']);
  });
});

describe('from a topic to a function', () => {
  it('goes the JSON envelope, with the time as a number', async () => {
    to('provision', { endpoint: FUNCTION, notifyContentFormat: 'JSON' });
    const body = '{"requesterUid":"1000000000000001","engines":["redis"]}';
    const { messageId } = publish(body);
    await mnsIdle(cloud.world);
    const [event] = cloud.invoked;
    expect(event).toMatchObject({ accountId: OWNER, functionName: 'provision' });
    const payload: unknown = JSON.parse(event?.payload.toString() ?? '');
    expect(payload).toEqual({
      TopicOwner: OWNER,
      TopicName: 'news',
      Subscriber: OWNER,
      SubscriptionName: 'provision',
      MessageId: messageId,
      MessageMD5: expect.any(String),
      Message: body,
      PublishTime: cloud.clock.now(),
    });
  });

  it.each(['STREAM', 'SIMPLIFIED', undefined] as const)(
    'goes the bare body with %s',
    async (notifyContentFormat) => {
      to('provision', { endpoint: FUNCTION, notifyContentFormat });
      publish('{"a": 1}');
      await mnsIdle(cloud.world);
      expect(cloud.invoked.map(({ payload }) => payload.toString())).toEqual(['{"a": 1}']);
    },
  );

  it('is tried again while the function, or any host for it, is missing', async () => {
    to('gone', { endpoint: FUNCTION.replace('provision', 'gone') });
    publish('x');
    await cloud.clock.advance(60 * SECOND);
    expect(failures()).toEqual([{ attempts: 4, code: 'FunctionNotFound', givenUp: true }]);
    cloud.world.functions = null;
    publish('y');
    await cloud.clock.advance(60 * SECOND);
    expect(failures().map(({ code }) => code)).toEqual(['FunctionNotFound', 'FunctionNotFound']);
  });

  it('goes under the role of the subscription, if it has one', async () => {
    const stsRoleArn = `acs:ram::${OWNER}:role/invoker`;
    to('provision', { endpoint: FUNCTION, notifyContentFormat: 'JSON', stsRoleArn });
    publish('too early');
    await cloud.clock.advance(60 * SECOND);
    expect(failures()).toEqual([{ attempts: 4, code: 'EntityNotExist.Role', givenUp: true }]);
    addRole(cloud.owner, 'invoker', trusting('mns.aliyuncs.com'), {
      Effect: 'Allow',
      Action: 'fc:InvokeFunction',
      Resource: FUNCTION,
    });
    publish('now');
    await mnsIdle(cloud.world);
    expect(cloud.invoked).toHaveLength(1);
    addRole(cloud.owner, 'invoker', trusting('mns.aliyuncs.com'));
    publish('no longer');
    await cloud.clock.advance(60 * SECOND);
    expect(cloud.invoked).toHaveLength(1);
    expect(failures().at(-1)).toEqual({ attempts: 4, code: 'NoPermission', givenUp: true });
  });
});

describe('from a topic to an HTTP endpoint', () => {
  let server: Server;
  let answers: number[];
  let received: { body: string; headers: Record<string, unknown> }[];
  let url: string;

  beforeEach(async () => {
    answers = [];
    received = [];
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      received.push({ body, headers: request.headers });
      response.writeHead(answers.shift() ?? 204).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('goes a POST', async () => {
    to('hook', { endpoint: url, notifyContentFormat: 'SIMPLIFIED' });
    publish('h\u00e9llo', 'verified');
    await mnsIdle(cloud.world);
    expect(received).toHaveLength(1);
    expect(received[0]?.body).toBe('h\u00e9llo');
    expect(received[0]?.headers).toMatchObject({
      'x-mns-version': '2015-06-06',
      'x-mns-message-tag': 'verified',
    });
  });

  it('goes again after an answer that is not 2xx, and after no answer at all', async () => {
    to('hook', { endpoint: url, notifyContentFormat: 'JSON' });
    answers = [500, 302, 200];
    publish('x');
    await until(() => failures().length === 1);
    expect(failures()).toEqual([{ attempts: 1, code: 'EndpointFailed', givenUp: false }]);
    await cloud.clock.advance(15 * SECOND);
    await until(() => failures()[0]?.attempts === 2);
    await cloud.clock.advance(15 * SECOND);
    await mnsIdle(cloud.world);
    expect(received.map(({ body }) => JSON.parse(body).Message)).toEqual(['x', 'x', 'x']);
    expect(failures()).toEqual([]);
    to('dead', { endpoint: 'http://127.0.0.1:1/', notifyContentFormat: 'JSON', filterTag: 'dead' });
    publish('y', 'dead');
    await until(() => failures().length === 1);
    expect(failures()[0]).toMatchObject({ attempts: 1, givenUp: false });
  });

  /** Real input and output takes turns of the event loop, and how many is not ours to know. */
  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  }
});

describe('the exports for the local cloud itself', () => {
  it('create the same thing twice without effect, and refuse another', () => {
    const { world, owner } = cloud;
    expect(createQueue(world, owner, 'inbox')).toBe(owner.mns.queue('inbox'));
    expect(() => createQueue(world, owner, 'inbox', { delaySeconds: 1 })).toThrow(ApiError);
    expect(createTopic(world, owner, 'news')).toBe(owner.mns.topic('news'));
    expect(() => createTopic(world, owner, 'news', { maximumMessageSize: 1024 })).toThrow(ApiError);
    const subscription = to('s', { endpoint: INBOX });
    expect(to('s', { endpoint: INBOX })).toBe(subscription);
    expect(() => to('s', { endpoint: FUNCTION })).toThrow(ApiError);
  });

  it('refuse a body that no XML answer could carry', () => {
    expect(() => publish('a\u0000b')).toThrow(/MessageBody/);
    expect(() => publish('\ud800')).toThrow(/MessageBody/);
  });

  it('give a publisher over the wire the same delivery', async () => {
    to('bare', { endpoint: INBOX, notifyContentFormat: 'SIMPLIFIED' });
    expect((await cloud.send('POST', '/topics/news/messages', message('wire'))).status).toBe(201);
    await mnsIdle(cloud.world);
    expect(inbox()).toEqual(['wire']);
  });
});
