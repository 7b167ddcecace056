import { describe, expect, it } from 'vitest';
import { mnsClient } from './clients.ts';
import { mnsRequest, mnsStatus, xml } from './mns-request.ts';
import { refused } from './refused.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const client = mnsClient(cloud);

async function newTopic(what: string): Promise<string> {
  const name = cloud.name(what);
  // The client's deleteTopic is an empty function.
  cloud.cleanup.add(`topic ${name}`, () => mnsRequest(cloud, 'DELETE', `/topics/${name}`));
  await client.createTopic(name);
  await cloud.eventually(() => client.getTopicAttributes(name));
  return name;
}

/** A queue, and a subscription of the topic that fills it. */
async function newInbox(topic: string, what: string, fields: Record<string, string> = {}): Promise<string> {
  const name = cloud.name(what);
  cloud.cleanup.add(`queue ${name}`, () => client.deleteQueue(name));
  await client.createQueue(name);
  const path = `/topics/${topic}/subscriptions/${what}`;
  cloud.cleanup.add(`subscription ${what}`, () => mnsRequest(cloud, 'DELETE', path));
  expect(await mnsStatus(cloud, 'PUT', path, { body: subscription(name, fields) })).toBe('201');
  await cloud.eventually(async () => expect(await mnsStatus(cloud, 'GET', path)).toBe('200'));
  return name;
}

const subscription = (queue: string, fields: Record<string, string> = {}): string =>
  xml('Subscription', {
    Endpoint: `acs:mns:${cloud.region}:${cloud.uid}:queues/${queue}`,
    NotifyContentFormat: 'SIMPLIFIED',
    ...fields,
  });

/** The next message of a queue, which is then deleted. */
async function next(queue: string): Promise<string> {
  const { body } = await client.receiveMessage(queue, 20);
  await client.deleteMessage(queue, body['ReceiptHandle'] ?? '');
  return body['MessageBody'] ?? '';
}

describe('CreateTopic, GetTopicAttributes, SetTopicAttributes, ListTopic, DeleteTopic', () => {
  it('a topic is made once, and again without effect', async () => {
    const name = cloud.name('made');
    cloud.cleanup.add(`topic ${name}`, () => mnsRequest(cloud, 'DELETE', `/topics/${name}`));
    const created = await client.createTopic(name, { MaximumMessageSize: 2048 });
    expect(created.code).toBe(201);
    expect(created.headers['location']).toMatch(new RegExp(`/topics/${name}$`));
    await cloud.eventually(() => client.getTopicAttributes(name));
    expect((await client.createTopic(name, { MaximumMessageSize: 2048 })).code).toBe(204);
    expect(await refused(client.createTopic(name))).toBe('TopicAlreadyExist');
  });

  it('attributes are read and changed', async () => {
    const name = await newTopic('attributes');
    expect((await client.setTopicAttributes(name, { MaximumMessageSize: 4096 })).code).toBe(204);
    await cloud.eventually(async () =>
      expect((await client.getTopicAttributes(name)).body).toMatchObject({
        TopicName: name,
        MaximumMessageSize: '4096',
        MessageRetentionPeriod: '86400',
        CreateTime: expect.stringMatching(/^\d{10}$/),
      }),
    );
  });

  it('topics are listed by prefix', async () => {
    await newTopic('list-a');
    await newTopic('list-b');
    await cloud.eventually(async () => {
      const { body } = await client.listTopic('', 10, cloud.name('list-'));
      expect(body.map((t) => t['TopicURL']?.replace(/^.*-list-/, ''))).toEqual(['a', 'b']);
    });
  });

  it('a topic is deleted', async () => {
    const name = await newTopic('deleted');
    expect(await mnsStatus(cloud, 'DELETE', `/topics/${name}`)).toBe('204');
    await cloud.eventually(async () =>
      expect(await mnsStatus(cloud, 'GET', `/topics/${name}`)).toBe('404 TopicNotExist'),
    );
  });

  it('refusals', async () => {
    const none = `/topics/${cloud.name('none')}`;
    const body = xml('Topic', { MaximumMessageSize: '65537' });
    expect(await mnsStatus(cloud, 'PUT', none, { body })).toBe('400 InvalidArgument');
    const good = { body: xml('Topic', { MaximumMessageSize: '1024' }) };
    expect(await mnsStatus(cloud, 'PUT', `${none}?metaoverride=true`, good)).toBe('404 TopicNotExist');
    expect(await refused(client.publishMessage(cloud.name('none'), { MessageBody: 'x' }))).toBe(
      'TopicNotExist',
    );
  });
});

describe('Subscribe, GetSubscriptionAttributes, SetSubscriptionAttributes, ListSubscriptionByTopic', () => {
  it('a subscription is made, read, changed, listed, and taken away by Unsubscribe', async () => {
    const topic = await newTopic('subscribed');
    const queue = await newInbox(topic, 'reader', { FilterTag: 'a' });
    const path = `/topics/${topic}/subscriptions/reader`;
    const made = await mnsRequest(cloud, 'GET', path);
    expect(made.at('Subscription')).toMatchObject({
      SubscriptionName: 'reader',
      TopicName: topic,
      TopicOwner: cloud.uid,
      Endpoint: `acs:mns:${cloud.region}:${cloud.uid}:queues/${queue}`,
      FilterTag: 'a',
      NotifyStrategy: 'BACKOFF_RETRY',
      NotifyContentFormat: 'SIMPLIFIED',
    });
    const change = { body: xml('Subscription', { NotifyStrategy: 'EXPONENTIAL_DECAY_RETRY' }) };
    expect(await mnsStatus(cloud, 'PUT', `${path}?metaoverride=true`, change)).toBe('204');
    await cloud.eventually(async () =>
      expect((await mnsRequest(cloud, 'GET', path)).at('Subscription', 'NotifyStrategy')).toBe(
        'EXPONENTIAL_DECAY_RETRY',
      ),
    );
    const other = { body: subscription(cloud.name('elsewhere')) };
    expect(await mnsStatus(cloud, 'PUT', path, other)).toBe('409 SubscriptionAlreadyExist');
    const list = await mnsRequest(cloud, 'GET', `/topics/${topic}/subscriptions`);
    expect(list.at('Subscriptions', 'Subscription', 'SubscriptionURL')).toMatch(/\/subscriptions\/reader$/);
    expect(await mnsStatus(cloud, 'DELETE', path)).toBe('204');
    await cloud.eventually(async () =>
      expect(await mnsStatus(cloud, 'GET', path)).toBe('404 SubscriptionNotExist'),
    );
  });

  it('refusals', async () => {
    const topic = await newTopic('no-subscription');
    const path = `/topics/${topic}/subscriptions/s`;
    const attempt = (fields: Record<string, string>) =>
      mnsStatus(cloud, 'PUT', path, { body: subscription('q', fields) });
    expect(await attempt({ NotifyStrategy: 'NEVER' })).toBe('400 InvalidArgument');
    expect(await attempt({ NotifyContentFormat: 'YAML' })).toBe('400 InvalidArgument');
    expect(await attempt({ FilterTag: 'x'.repeat(17) })).toBe('400 InvalidArgument');
    expect(await attempt({ Endpoint: 'nowhere' })).toMatch(/^400 (EndpointInvalid|InvalidArgument)/);
    const none = `/topics/${cloud.name('none')}/subscriptions/s`;
    expect(await mnsStatus(cloud, 'PUT', none, { body: subscription('q') })).toBe('404 TopicNotExist');
    const change = { body: xml('Subscription', { NotifyStrategy: 'BACKOFF_RETRY' }) };
    expect(await mnsStatus(cloud, 'PUT', `${path}?metaoverride=true`, change)).toBe(
      '404 SubscriptionNotExist',
    );
  });
});

describe('PublishMessage', () => {
  it('reaches the subscriptions whose tag it has, and those without one', async () => {
    const topic = await newTopic('tags');
    const [tagged, all] = [await newInbox(topic, 'tagged', { FilterTag: 'b' }), await newInbox(topic, 'all')];
    for (const tag of ['a', 'b']) {
      const sent = await client.publishMessage(topic, { MessageBody: `to ${tag}`, MessageTag: tag });
      expect(sent).toMatchObject({ code: 201, body: { MessageId: expect.any(String) } });
    }
    expect(await next(tagged)).toBe('to b');
    expect([await next(all), await next(all)].sort()).toEqual(['to a', 'to b']);
    expect(await refused(client.peekMessage(tagged))).toBe('MessageNotExist');
  });

  it('arrives in the format of the subscription', async () => {
    const topic = await newTopic('formats');
    const json = await newInbox(topic, 'json', { NotifyContentFormat: 'JSON' });
    const asXml = await newInbox(topic, 'xml', { NotifyContentFormat: 'XML' });
    await client.publishMessage(topic, { MessageBody: 'body', MessageTag: 't' });
    expect(JSON.parse(await next(json))).toMatchObject({
      TopicOwner: cloud.uid,
      TopicName: topic,
      SubscriptionName: 'json',
      Message: 'body',
      MessageTag: 't',
      PublishTime: expect.anything(),
    });
    expect(await next(asXml)).toMatch(/<Notification[\s\S]*<Message>body<\/Message>/);
  });

  it('refusals', async () => {
    const topic = await newTopic('no-publish');
    const publish = (fields: Record<string, string>) =>
      mnsStatus(cloud, 'POST', `/topics/${topic}/messages`, { body: xml('Message', fields) });
    expect(await publish({ MessageBody: 'x', MessageTag: 'x'.repeat(17) })).toBe('400 InvalidArgument');
    expect(await publish({ MessageTag: 'x' })).toBe('400 InvalidArgument');
    expect(await publish({ MessageBody: 'x'.repeat(65_537) })).toMatch(
      /^400 (InvalidArgument|MessageBodyTooLarge)/,
    );
  });
});
