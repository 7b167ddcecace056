import { beforeEach, describe, expect, it } from 'vitest';
import { createQueue, createTopic, mnsIdle, subscribe } from '../../../../local/cloud/mns/index.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { type Mns, message, mns, xml } from './mns.ts';

let cloud: Mns;

beforeEach(() => {
  cloud = mns();
  createQueue(cloud.world, cloud.owner, 'q');
  createTopic(cloud.world, cloud.owner, 't');
});

const property = (item: string, name: string, value: string, type: string): string =>
  `<${item}><Name>${name}</Name><Value>${value}</Value><Type>${type}</Type></${item}>`;

describe('what a message carries besides its body', () => {
  const group = '<MessageGroupId>g1</MessageGroupId>';
  const sent = xml('Message', [
    '<MessageBody>x</MessageBody>',
    group,
    `<UserProperties>${property('PropertyValue', 'n', '1', 'NUMBER')}${property('PropertyValue', 's', 'a&lt;', 'STRING')}</UserProperties>`,
    `<SystemProperties>${property('SystemPropertyValue', 'traceparent', '00-1', 'STRING')}</SystemProperties>`,
  ]);

  it('comes back when it is received and peeked at, and the group with the answer to the send', async () => {
    const answer = await cloud.send('POST', '/queues/q/messages', sent);
    expect([answer.status, answer.at('Message', 'MessageGroupId')]).toEqual([201, 'g1']);
    for (const target of ['/queues/q/messages?peekonly=true', '/queues/q/messages']) {
      const { xml: text } = await cloud.send('GET', target);
      expect(text).toContain(property('PropertyValue', 'n', '1', 'NUMBER'));
      expect(text).toContain(property('PropertyValue', 's', 'a&lt;', 'STRING'));
      expect(text).toContain(`${property('SystemPropertyValue', 'traceparent', '00-1', 'STRING')}`);
      expect(text).toContain(group);
    }
  });

  it('is not shown where there is none', async () => {
    await cloud.send('POST', '/queues/q/messages', message('x'));
    expect((await cloud.send('GET', '/queues/q/messages')).xml).not.toMatch(/Properties|GroupId/);
  });

  it('goes through a topic into a queue', async () => {
    const endpoint = `acs:mns:cn-hangzhou:${OWNER}:queues/q`;
    subscribe(cloud.world, cloud.owner, 't', 's', { endpoint, notifyContentFormat: 'SIMPLIFIED' });
    expect((await cloud.send('POST', '/topics/t/messages', sent)).at('Message', 'MessageGroupId')).toBe('g1');
    await mnsIdle(cloud.world);
    expect((await cloud.send('GET', '/queues/q/messages')).xml).toContain(
      property('PropertyValue', 'n', '1', 'NUMBER'),
    );
  });

  it('stands beside the rest in JSON where it is an attribute, and takes the place of nothing', async () => {
    const endpoint = `acs:fc:cn-hangzhou:${OWNER}:functions/f`;
    subscribe(cloud.world, cloud.owner, 't', 's', { endpoint, notifyContentFormat: 'JSON' });
    const attributes = '<DirectSMS>{"a":1}</DirectSMS><Message>forged</Message>';
    const published = xml('Message', [
      '<MessageBody>x</MessageBody>',
      `<MessageAttributes>${attributes}</MessageAttributes>`,
    ]);
    await cloud.send('POST', '/topics/t/messages', published);
    await mnsIdle(cloud.world);
    expect(JSON.parse(cloud.invoked[0]?.payload.toString() ?? '')).toMatchObject({
      DirectSMS: '{"a":1}',
      Message: 'x',
      PublishTime: cloud.clock.now(),
    });
  });

  it.each([
    ['no name', property('PropertyValue', '', '1', 'NUMBER')],
    ['another type', property('PropertyValue', 'n', '1', 'FLOAT')],
    ['another element', property('Property', 'n', '1', 'NUMBER')],
    ['a name twice', property('PropertyValue', 'n', '1', 'NUMBER').repeat(2)],
  ])('is refused with %s, and nothing is sent', async (_what, inside) => {
    const body = xml('Message', [
      '<MessageBody>x</MessageBody>',
      `<UserProperties>${inside}</UserProperties>`,
    ]);
    expect(await cloud.refusal('POST', '/queues/q/messages', body)).toBe('400 InvalidArgument');
    expect(cloud.owner.mns.queue('q').messages).toHaveLength(0);
  });
});

describe('x-mns-with-meta', () => {
  it.each([
    ['/queues', 'Queue', ['QueueName', 'VisibilityTimeout', 'ActiveMessages', 'CreateTime']],
    ['/topics', 'Topic', ['TopicName', 'MaximumMessageSize', 'MessageCount', 'CreateTime']],
    ['/topics/t/subscriptions', 'Subscription', ['SubscriptionName', 'Endpoint', 'NotifyStrategy']],
  ])('adds to the listing of %s what each is like', async (target, item, names) => {
    const endpoint = `acs:mns:cn-hangzhou:${OWNER}:queues/q`;
    subscribe(cloud.world, cloud.owner, 't', 's', { endpoint });
    const headers = { 'x-mns-with-meta': 'true' };
    const [bare, full] = [await cloud.send('GET', target), await cloud.send('GET', target, '', { headers })];
    for (const name of names) {
      expect(full.at(`${item}s`, item, 0, name), name).toBeDefined();
      expect(bare.at(`${item}s`, item, 0, name), name).toBeUndefined();
    }
    expect(full.at(`${item}s`, item, 0, `${item}URL`)).toBe(bare.at(`${item}s`, item, 0, `${item}URL`));
  });
});

it('SetAccountAttributes and GetAccountAttributes: the bucket of logs', async () => {
  expect((await cloud.send('GET', '/?accountmeta=true')).xml).toContain('<LoggingBucket></LoggingBucket>');
  const set = await cloud.send('PUT', '/?accountmeta=true', xml('Account', { LoggingBucket: 'logs' }));
  expect(set.status).toBe(204);
  expect((await cloud.send('GET', '/?accountmeta=true')).at('Account', 'LoggingBucket')).toBe('logs');
});

it('an error names the host that was asked', async () => {
  const headers = { host: '127.0.0.1:7000' };
  const refused = await cloud.send('GET', '/queues/none', '', { headers });
  expect(refused.at('Error', 'HostId')).toBe('http://127.0.0.1:7000');
});
