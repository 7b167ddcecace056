import { beforeEach, describe, expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { inner, type Mns, message, mns, xml } from './mns.ts';

const AT = '/queues/q/messages';
const ENDPOINT = `acs:mns:cn-hangzhou:${OWNER}:queues/q`;

let cloud: Mns;
beforeEach(() => {
  cloud = mns();
});

describe('a listing', () => {
  const list = (target: string, headers: Readonly<Record<string, string>>) =>
    cloud.send('GET', target, '', { headers: { host: 'h', ...headers } });

  it.each([
    ['/queues', 'Queue', (name: string) => cloud.owner.mns.addQueue(name)],
    ['/topics', 'Topic', (name: string) => cloud.owner.mns.addTopic(name)],
    [
      '/topics/t/subscriptions',
      'Subscription',
      (name: string) =>
        cloud.send('PUT', `/topics/t/subscriptions/${name}`, xml('Subscription', { Endpoint: ENDPOINT })),
    ],
  ])(
    'of %s comes in pages, each beginning after the marker of the one before',
    async (target, item, make) => {
      if (item === 'Subscription') cloud.owner.mns.addTopic('t');
      for (const name of ['xd', 'xb', 'a', 'xa', 'xe', 'xc']) await make(name);
      const pages: unknown[] = [];
      const headers = { 'x-mns-prefix': 'x', 'x-mns-ret-number': '3' };
      for (let marker: unknown = ''; marker !== undefined; ) {
        const reply = await list(target, { ...headers, 'x-mns-marker': String(marker) });
        marker = reply.at(`${item}s`, 'NextMarker');
        pages.push(reply.at(`${item}s`, item));
      }
      const url = (name: string) => ({ [`${item}URL`]: `http://h${target}/${name}` });
      expect(pages).toEqual([
        [url('xa'), url('xb'), url('xc')],
        [url('xd'), url('xe')],
      ]);
    },
  );

  it.each(['1', '1000'])('takes %s for the size of a page', async (size) => {
    cloud.owner.mns.addTopic('9');
    const reply = await list('/topics', { 'x-mns-ret-number': size });
    expect(reply.at('Topics')).toEqual({ Topic: { TopicURL: 'http://h/topics/9' } });
  });

  it.each(['0', '1001', ''])('refuses %j for the size of a page', async (size) => {
    const reply = await list('/topics', { 'x-mns-ret-number': size });
    expect(reply.at('Error', 'Message')).toBe(
      'The value of x-mns-ret-number should between 1 and 1000 seconds/bytes.',
    );
  });

  it.each(['true', 'True'])('shows what each is like with x-mns-with-meta %s', async (meta) => {
    cloud.owner.mns.addQueue('q');
    cloud.owner.mns.addTopic('t');
    const Endpoint = ENDPOINT;
    await cloud.send('PUT', '/topics/t/subscriptions/s', xml('Subscription', { Endpoint }));
    for (const [target, item] of [
      ['/queues/q', 'Queue'],
      ['/topics/t', 'Topic'],
      ['/topics/t/subscriptions/s', 'Subscription'],
    ] as const) {
      const shown = Object((await cloud.send('GET', target)).at(item));
      const listed = await list(target.replace(/\/\w+$/, ''), { 'x-mns-with-meta': meta });
      expect(listed.at(`${item}s`, item)).toEqual({ [`${item}URL`]: `http://h${target}`, ...shown });
    }
  });
});

describe('a batch', () => {
  const batch = (...bodies: string[]): string =>
    xml(
      'Messages',
      bodies.map((MessageBody) => inner('Message', { MessageBody })),
    );
  const words = async (body: string): Promise<string> => {
    const reply = await cloud.send('POST', AT, body);
    return `${reply.status} ${reply.at('Error', 'Message')}`;
  };
  const size = (name: string, most: number): string =>
    `400 The value of ${name} should between 1 and ${most} seconds/bytes.`;

  it('has 65,536 bytes and no more', async () => {
    const { messages } = cloud.owner.mns.addQueue('q');
    expect(await words(batch('a'.repeat(32_768), 'b'.repeat(32_769)))).toBe(size('Messages', 65_536));
    expect(messages).toEqual([]);
    expect(await words(batch('a'.repeat(32_768), '\u00fc'.repeat(16_384)))).toBe('201 undefined');
  });

  it('is of messages that the queue takes', async () => {
    await cloud.send('PUT', '/queues/q', xml('Queue', { MaximumMessageSize: 1024 }));
    expect(await words(batch('a', 'b'.repeat(1025)))).toBe(size('MessageBody', 1024));
    expect(await words(batch('a', 'b'.repeat(1024)))).toBe('201 undefined');
  });

  it('is answered with all of each message', async () => {
    cloud.owner.mns.addQueue('q');
    const later = inner('Message', { MessageBody: 'later', DelaySeconds: 5, Priority: 3 });
    const sent = await cloud.send(
      'POST',
      AT,
      xml('Messages', [inner('Message', { MessageBody: 'now' }), later]),
    );
    const digits = expect.stringMatching(/^[0-9A-F]{32}$/);
    expect(sent.at('Messages', 'Message')).toEqual([
      { MessageId: digits, MessageBodyMD5: digits },
      { MessageId: digits, MessageBodyMD5: digits, ReceiptHandle: expect.stringMatching(/^3-/) },
    ]);
  });

  it('that is received and peeked at shows all of each message', async () => {
    cloud.owner.mns.addQueue('q');
    await cloud.send('POST', AT, message('x', { Priority: 3 }));
    const { Message: peeked } = Object(
      (await cloud.send('GET', `${AT}?peekonly=true&numOfMessages=1`)).at('Messages'),
    );
    expect(peeked).toEqual((await cloud.send('GET', `${AT}?peekonly=true`)).at('Message'));
    const got = Object((await cloud.send('GET', `${AT}?numOfMessages=16`)).at('Messages', 'Message'));
    expect(got).toEqual({
      ...peeked,
      ReceiptHandle: expect.stringMatching(/^3-/),
      NextVisibleTime: '1795428030000',
      DequeueCount: '1',
    });
  });
});

it('a batch of deletions holds 16 handles', async () => {
  cloud.owner.mns.addQueue('q');
  for (let n = 0; n < 16; n += 1) cloud.owner.mns.queue('q').send({ body: `${n}` });
  const handles = cloud.owner.mns
    .queue('q')
    .receive(16)
    .map(({ handle }) => `<ReceiptHandle>${handle}</ReceiptHandle>`);
  expect((await cloud.send('DELETE', AT, xml('ReceiptHandles', handles))).status).toBe(204);
  expect(cloud.owner.mns.queue('q').messages).toEqual([]);
});

describe('the account', () => {
  it('keeps its bucket of logs where a change names none', async () => {
    await cloud.send('PUT', '/?accountmeta=true', xml('Account', { LoggingBucket: 'logs' }));
    await cloud.send('PUT', '/?accountmeta=true', xml('Account'));
    expect((await cloud.send('GET', '/?accountmeta=true')).at('Account')).toEqual({ LoggingBucket: 'logs' });
  });
});

it.each([
  ['/queues/q', 'Queue', { DelaySeconds: '1' }],
  ['/topics/t', 'Topic', { LoggingEnabled: 'True' }],
  ['/topics/t/subscriptions/s', 'Subscription', { NotifyStrategy: 'EXPONENTIAL_DECAY_RETRY' }],
])('%s: a change of the %s to %j changes that and the time', async (target, item, changed) => {
  cloud.owner.mns.addQueue('q');
  await cloud.send('PUT', '/topics/t', xml('Topic', { MaximumMessageSize: 2048 }));
  const subscription = { Endpoint: ENDPOINT, FilterTag: 'a', NotifyContentFormat: 'JSON' };
  await cloud.send('PUT', '/topics/t/subscriptions/s', xml('Subscription', subscription));
  const before = Object((await cloud.send('GET', target)).at(item));
  await cloud.clock.advance(10_000);
  const reply = await cloud.send('PUT', `${target}?metaoverride=true`, xml(item, changed));
  expect([reply.status, reply.xml]).toEqual([204, '']);
  expect((await cloud.send('GET', target)).at(item)).toEqual({
    ...before,
    ...changed,
    LastModifyTime: '1795428010',
  });
});
