import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { subscribe } from '../../../../local/cloud/mns/index.ts';
import { type Mns, message, mns, xml } from './mns.ts';

const QUEUE = 'acs:mns:cn-hangzhou:2000000000000002:queues/inbox';
const FUNCTION = 'acs:fc:cn-hangzhou:2000000000000002:functions/provision';

let cloud: Mns;
beforeEach(async () => {
  cloud = mns();
  await cloud.send('PUT', '/topics/news', xml('Topic'));
});

const subscription = (fields: Readonly<Record<string, string>>): string => xml('Subscription', fields);

describe('a topic', () => {
  it('is created once, and again with the same attributes without effect', async () => {
    const created = await cloud.send('PUT', '/topics/t', xml('Topic', { MaximumMessageSize: 2048 }));
    expect(created.status).toBe(201);
    expect(created.headers['Location']).toMatch(/\/topics\/t$/);
    expect((await cloud.send('PUT', '/topics/t', xml('Topic', { MaximumMessageSize: 2048 }))).status).toBe(
      204,
    );
    expect(await cloud.refusal('PUT', '/topics/t', xml('Topic'))).toBe('409 TopicAlreadyExist');
  });

  it('answers and changes its attributes', async () => {
    const set = xml('Topic', { LoggingEnabled: 'True' });
    expect((await cloud.send('PUT', '/topics/news?metaoverride=true', set)).status).toBe(204);
    expect((await cloud.send('GET', '/topics/news')).at('Topic')).toEqual({
      TopicName: 'news',
      CreateTime: '1795428000',
      LastModifyTime: '1795428000',
      MaximumMessageSize: '65536',
      MessageRetentionPeriod: '86400',
      MessageCount: '0',
      LoggingEnabled: 'True',
    });
    expect(await cloud.refusal('PUT', '/topics/none?metaoverride=true', set)).toBe('404 TopicNotExist');
    expect(await cloud.refusal('PUT', '/topics/news?metaoverride=no', set)).toBe('400 InvalidArgument');
  });

  it('is listed', async () => {
    const reply = await cloud.send('GET', '/topics', '', { headers: { host: 'h' } });
    expect(reply.at('Topics', 'Topic')).toEqual({ TopicURL: 'http://h/topics/news' });
  });

  it('is deleted with its subscriptions', async () => {
    await cloud.send('PUT', '/topics/news/subscriptions/s', subscription({ Endpoint: QUEUE }));
    expect((await cloud.send('DELETE', '/topics/news')).status).toBe(204);
    expect((await cloud.send('DELETE', '/topics/news')).status).toBe(204);
    await cloud.send('PUT', '/topics/news', xml('Topic'));
    expect(await cloud.refusal('GET', '/topics/news/subscriptions/s')).toBe('404 SubscriptionNotExist');
  });

  it.each([
    ['-a', 'TopicNameInvalid'],
    ['a'.repeat(121), 'TopicNameLengthError'],
  ])('is refused by the name %s', async (name, code) => {
    expect(await cloud.refusal('PUT', `/topics/${name}`, xml('Topic'))).toBe(`400 ${code}`);
  });

  it.each([
    ['MaximumMessageSize', '1023'],
    ['MaximumMessageSize', '65537'],
    ['MessageRetentionPeriod', '86400'],
  ])('is refused with %s %s', async (name, value) => {
    expect(await cloud.refusal('PUT', '/topics/t', xml('Topic', { [name]: value }))).toBe(
      '400 InvalidArgument',
    );
  });
});

describe('publishing', () => {
  it('answers with the id and the digest of the body as sent', async () => {
    const reply = await cloud.send(
      'POST',
      '/topics/news/messages',
      message('a < b', { MessageTag: 'verified' }),
    );
    expect(reply.status).toBe(201);
    expect(reply.at('Message')).toEqual({
      MessageId: expect.stringMatching(/^[0-9A-F]{32}$/),
      MessageBodyMD5: createHash('md5').update('a < b').digest('hex').toUpperCase(),
    });
  });

  it.each([
    ['no body', xml('Message', { MessageTag: 'a' })],
    ['an empty body', message('')],
    ['a delay, which is for queues', message('x', { DelaySeconds: 1 })],
    ['a tag of 17 characters', message('x', { MessageTag: 'a'.repeat(17) })],
    ['an empty tag', message('x', { MessageTag: '' })],
    ['65,537 bytes', message('x'.repeat(65_537))],
    ['another root', xml('Messages', { MessageBody: 'x' })],
  ])('is refused with %s', async (_what, body) => {
    expect(await cloud.refusal('POST', '/topics/news/messages', body)).toBe('400 InvalidArgument');
  });

  it('needs a topic, and keeps to its limit', async () => {
    expect(await cloud.refusal('POST', '/topics/none/messages', message('x'))).toBe('404 TopicNotExist');
    await cloud.send('PUT', '/topics/small', xml('Topic', { MaximumMessageSize: 1024 }));
    expect((await cloud.send('POST', '/topics/small/messages', message('x'.repeat(1024)))).status).toBe(201);
    expect(await cloud.refusal('POST', '/topics/small/messages', message('x'.repeat(1025)))).toBe(
      '400 InvalidArgument',
    );
  });
});

describe('a subscription', () => {
  const AT = '/topics/news/subscriptions/s';

  it('is made once, shown, changed and taken back', async () => {
    const fields = { Endpoint: QUEUE, FilterTag: 'verified', NotifyContentFormat: 'SIMPLIFIED' };
    const made = await cloud.send('PUT', AT, subscription(fields));
    expect(made.status).toBe(201);
    expect(made.headers['Location']).toMatch(/\/topics\/news\/subscriptions\/s$/);
    expect((await cloud.send('PUT', AT, subscription(fields))).status).toBe(204);
    expect(await cloud.refusal('PUT', AT, subscription({ Endpoint: QUEUE }))).toBe(
      '409 SubscriptionAlreadyExist',
    );
    const strategy = subscription({ NotifyStrategy: 'EXPONENTIAL_DECAY_RETRY' });
    expect((await cloud.send('PUT', `${AT}?metaoverride=true`, strategy)).status).toBe(204);
    expect((await cloud.send('GET', AT)).at('Subscription')).toEqual({
      SubscriptionName: 's',
      Subscriber: '2000000000000002',
      TopicOwner: '2000000000000002',
      TopicName: 'news',
      Endpoint: QUEUE,
      NotifyStrategy: 'EXPONENTIAL_DECAY_RETRY',
      NotifyContentFormat: 'SIMPLIFIED',
      FilterTag: 'verified',
      CreateTime: '1795428000',
      LastModifyTime: '1795428000',
    });
    expect((await cloud.send('DELETE', AT)).status).toBe(204);
    expect((await cloud.send('DELETE', AT)).status).toBe(204);
    expect(await cloud.refusal('GET', AT)).toBe('404 SubscriptionNotExist');
  });

  it('has the defaults of the vendor', async () => {
    await cloud.send('PUT', AT, subscription({ Endpoint: QUEUE, FilterTag: '', StsRoleArn: '' }));
    await cloud.send('PUT', '/topics/news/subscriptions/f', subscription({ Endpoint: FUNCTION }));
    const stored = [...cloud.owner.mns.topic('news').subscriptions.values()].map(
      ({ attributes }) => attributes,
    );
    expect(stored).toEqual([
      {
        endpoint: QUEUE,
        filterTag: null,
        notifyStrategy: 'BACKOFF_RETRY',
        notifyContentFormat: 'XML',
        stsRoleArn: null,
        deadLetterQueue: null,
      },
      {
        endpoint: FUNCTION,
        filterTag: null,
        notifyStrategy: 'BACKOFF_RETRY',
        notifyContentFormat: 'STREAM',
        stsRoleArn: null,
        deadLetterQueue: null,
      },
    ]);
  });

  it('has no role, whatever the document says, and shows none that it was given elsewhere', async () => {
    const stsRoleArn = 'acs:ram::1000000000000001:role/replies';
    const Endpoint = QUEUE.replace('002', '001');
    await cloud.send('PUT', AT, subscription({ Endpoint, StsRoleArn: stsRoleArn }));
    const { subscriptions } = cloud.owner.mns.topic('news');
    expect(subscriptions.get('s')?.attributes).toMatchObject({ endpoint: Endpoint, stsRoleArn: null });
    subscribe(cloud.world, cloud.owner, 'news', 'with-role', { endpoint: Endpoint, stsRoleArn });
    const shown = await cloud.send('GET', '/topics/news/subscriptions/with-role');
    expect(shown.at('Subscription', 'Endpoint')).toBe(Endpoint);
    expect(shown.xml).not.toContain('role/replies');
  });

  it('is listed by topic', async () => {
    await cloud.send('PUT', '/topics/news/subscriptions/b', subscription({ Endpoint: QUEUE }));
    await cloud.send('PUT', '/topics/news/subscriptions/a', subscription({ Endpoint: QUEUE }));
    const reply = await cloud.send('GET', '/topics/news/subscriptions', '', { headers: { host: 'h' } });
    expect(reply.at('Subscriptions', 'Subscription')).toEqual([
      { SubscriptionURL: 'http://h/topics/news/subscriptions/a' },
      { SubscriptionURL: 'http://h/topics/news/subscriptions/b' },
    ]);
  });

  it.each([
    ['no endpoint', {}, 'InvalidArgument'],
    ['an endpoint of another kind', { Endpoint: 'mail:directmail:a@example.com' }, 'EndpointInvalid'],
    ['a broken address', { Endpoint: 'http://' }, 'EndpointInvalid'],
    [
      'a queue path with a slash too many',
      { Endpoint: QUEUE.replace(':queues', ':/queues') },
      'EndpointInvalid',
    ],
    ['another region', { Endpoint: QUEUE.replace('hangzhou', 'beijing') }, 'EndpointInvalid'],
    ['a function of another account', { Endpoint: FUNCTION.replace('002', '001') }, 'EndpointInvalid'],
    ['an unknown strategy', { Endpoint: QUEUE, NotifyStrategy: 'NEVER' }, 'InvalidArgument'],
    ['an unknown format', { Endpoint: QUEUE, NotifyContentFormat: 'YAML' }, 'InvalidArgument'],
    ['STREAM for a queue', { Endpoint: QUEUE, NotifyContentFormat: 'STREAM' }, 'InvalidArgument'],
    ['a filter of 17 characters', { Endpoint: QUEUE, FilterTag: 'a'.repeat(17) }, 'InvalidArgument'],
    ['an unknown element', { Endpoint: QUEUE, Colour: 'red' }, 'InvalidArgument'],
  ])('is refused with %s', async (_what, fields, code) => {
    expect(await cloud.refusal('PUT', AT, subscription(fields))).toBe(`400 ${code}`);
    expect(cloud.owner.mns.topic('news').subscriptions.size).toBe(0);
  });

  it('is refused by a wrong name, and without its topic', async () => {
    const body = subscription({ Endpoint: QUEUE });
    expect(await cloud.refusal('PUT', '/topics/news/subscriptions/-s', body)).toBe(
      '400 SubscriptionNameInvalid',
    );
    expect(await cloud.refusal('PUT', `/topics/news/subscriptions/${'s'.repeat(121)}`, body)).toBe(
      '400 SubscriptionNameLengthError',
    );
    for (const method of ['PUT', 'GET', 'DELETE']) {
      const sent = method === 'PUT' ? body : '';
      expect(await cloud.refusal(method, '/topics/none/subscriptions/s', sent)).toBe('404 TopicNotExist');
    }
    expect(await cloud.refusal('GET', '/topics/none/subscriptions')).toBe('404 TopicNotExist');
    expect(await cloud.refusal('PUT', `${AT}?metaoverride=true`, subscription({}))).toBe(
      '404 SubscriptionNotExist',
    );
  });

  it('keeps its endpoint, and whatever else cannot be changed', async () => {
    await cloud.send('PUT', AT, subscription({ Endpoint: QUEUE }));
    const refused = await cloud.refusal(
      'PUT',
      `${AT}?metaoverride=true`,
      subscription({ Endpoint: FUNCTION }),
    );
    expect(refused).toBe('400 InvalidArgument');
    const wrong = subscription({ NotifyStrategy: 'NEVER' });
    expect(await cloud.refusal('PUT', `${AT}?metaoverride=true`, wrong)).toBe('400 InvalidArgument');
    const before = (await cloud.send('GET', AT)).at('Subscription');
    expect((await cloud.send('PUT', `${AT}?metaoverride=true`, subscription({}))).status).toBe(204);
    expect((await cloud.send('GET', AT)).at('Subscription')).toEqual(before);
  });
});
