import { beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../../../kit/time.ts';
import { inner, type Mns, message, mns, xml } from './mns.ts';

let cloud: Mns;
beforeEach(() => {
  cloud = mns();
});

describe('a queue', () => {
  it('is created once, and again with the same attributes without effect', async () => {
    const body = xml('Queue', { VisibilityTimeout: 60, LoggingEnabled: 'true' });
    const created = await cloud.send('PUT', '/queues/jobs', body, { headers: { host: '127.0.0.1:8080' } });
    expect(created.status).toBe(201);
    expect(created.headers['Location']).toBe('http://127.0.0.1:8080/queues/jobs');
    expect(created.headers['content-type']).toBe('text/xml;charset=utf-8');
    expect(created.headers['x-mns-version']).toBe('2015-06-06');
    expect(created.headers['x-mns-request-id']).toMatch(/^[0-9A-F]{24}$/);
    expect((await cloud.send('PUT', '/queues/jobs', body)).status).toBe(204);
    expect(await cloud.refusal('PUT', '/queues/jobs', xml('Queue'))).toBe('409 QueueAlreadyExist');
    expect(cloud.owner.mns.queue('jobs').attributes.visibilityTimeout).toBe(60);
  });

  it('answers its attributes, with the defaults of the vendor', async () => {
    await cloud.send('PUT', '/queues/jobs', xml('Queue'));
    await cloud.send('POST', '/queues/jobs/messages', message('now'));
    await cloud.send('POST', '/queues/jobs/messages', message('held'));
    await cloud.send('POST', '/queues/jobs/messages', message('later', { DelaySeconds: 60 }));
    await cloud.send('GET', '/queues/jobs/messages');
    const reply = await cloud.send('GET', '/queues/jobs');
    expect(reply.status).toBe(200);
    expect(reply.at('Queue')).toEqual({
      QueueName: 'jobs',
      CreateTime: '1795428000',
      LastModifyTime: '1795428000',
      DelaySeconds: '0',
      MaximumMessageSize: '65536',
      MessageRetentionPeriod: '345600',
      VisibilityTimeout: '30',
      PollingWaitSeconds: '0',
      ActiveMessages: '1',
      InactiveMessages: '1',
      DelayMessages: '1',
      LoggingEnabled: 'False',
    });
  });

  it('changes only the attributes that are given', async () => {
    await cloud.send('PUT', '/queues/jobs', xml('Queue', { DelaySeconds: 5 }));
    await cloud.clock.advance(10 * SECOND);
    const set = await cloud.send(
      'PUT',
      '/queues/jobs?metaoverride=true',
      xml('Queue', { PollingWaitSeconds: 20 }),
    );
    expect(set.status).toBe(204);
    expect(set.xml).toBe('');
    const reply = await cloud.send('GET', '/queues/jobs');
    expect(reply.at('Queue', 'DelaySeconds')).toBe('5');
    expect(reply.at('Queue', 'PollingWaitSeconds')).toBe('20');
    expect(reply.at('Queue', 'LastModifyTime')).toBe('1795428010');
    expect(await cloud.refusal('PUT', '/queues/jobs?metaoverride=yes', xml('Queue'))).toBe(
      '400 InvalidArgument',
    );
    expect(await cloud.refusal('PUT', '/queues/none?metaoverride=true', xml('Queue'))).toBe(
      '404 QueueNotExist',
    );
  });

  it('is gone after its deletion, with its messages', async () => {
    await cloud.send('PUT', '/queues/jobs', xml('Queue'));
    await cloud.send('POST', '/queues/jobs/messages', message('x'));
    expect((await cloud.send('DELETE', '/queues/jobs')).status).toBe(204);
    expect((await cloud.send('DELETE', '/queues/jobs')).status).toBe(204);
    expect(await cloud.refusal('GET', '/queues/jobs')).toBe('404 QueueNotExist');
    await cloud.send('PUT', '/queues/jobs', xml('Queue'));
    expect(await cloud.refusal('GET', '/queues/jobs/messages')).toBe('404 MessageNotExist');
  });

  it.each([
    ['DelaySeconds', -1, 604_801],
    ['MaximumMessageSize', 1023, 65_537],
    ['MessageRetentionPeriod', 59, 604_801],
    ['VisibilityTimeout', 0, 43_201],
    ['PollingWaitSeconds', -1, 31],
  ])('refuses %s outside of its range', async (name, below, above) => {
    for (const value of [below, above, 'many', '', '1.5', '1e3', '0x10']) {
      const body = xml('Queue', { [name]: value });
      expect(await cloud.refusal('PUT', '/queues/jobs', body), `${name}=${value}`).toBe(
        '400 InvalidArgument',
      );
    }
    expect(cloud.owner.mns.queues.size).toBe(0);
  });

  it.each([
    ['a_b-C9', '201 undefined'],
    ['9', '201 undefined'],
    ['-a', '400 InvalidQueueName'],
    ['a.b', '400 InvalidQueueName'],
    ['a%20b', '400 InvalidQueueName'],
    ['', '400 QueueNameLengthError'],
    ['a'.repeat(121), '400 QueueNameLengthError'],
  ])('named %j: %s', async (name, expected) => {
    expect(await cloud.refusal('PUT', `/queues/${name}`, xml('Queue'))).toBe(expected);
  });

  it('refuses elements that it does not know, twice the same, and other roots', async () => {
    expect(await cloud.refusal('PUT', '/queues/q', xml('Queue', { Colour: 'red' }))).toBe(
      '400 InvalidArgument',
    );
    const twice = xml('Queue', ['<DelaySeconds>1</DelaySeconds><DelaySeconds>1</DelaySeconds>']);
    expect(await cloud.refusal('PUT', '/queues/q', twice)).toBe('400 InvalidArgument');
    expect(await cloud.refusal('PUT', '/queues/q', xml('Topic'))).toBe('400 InvalidArgument');
    expect(await cloud.refusal('PUT', '/queues/q', xml('Queue', ['junk']))).toBe('400 InvalidArgument');
    const nested = xml('Queue', ['<DelaySeconds><a>1</a></DelaySeconds>']);
    expect(await cloud.refusal('PUT', '/queues/q', nested)).toBe('400 InvalidArgument');
    expect(await cloud.refusal('PUT', '/queues/q', xml('Queue', { LoggingEnabled: 'maybe' }))).toBe(
      '400 InvalidArgument',
    );
    expect(await cloud.refusal('PUT', '/queues/q')).toBe('400 MalformedXML');
  });
});

describe('the list of queues', () => {
  it('comes in pages, by prefix', async () => {
    for (const name of ['b2', 'a', 'b1', 'b3', 'c']) await cloud.send('PUT', `/queues/${name}`, xml('Queue'));
    const all = await cloud.send('GET', '/queues');
    expect(all.at('Queues', 'Queue', 4, 'QueueURL')).toBe(
      'http://2000000000000002.mns.cn-hangzhou.aliyuncs.com/queues/c',
    );
    expect(all.at('Queues', 'NextMarker')).toBeUndefined();
    const headers = { 'x-mns-prefix': 'b', 'x-mns-ret-number': '2', host: 'h' };
    const first = await cloud.send('GET', '/queues', '', { headers });
    expect(first.at('Queues', 'Queue')).toEqual([
      { QueueURL: 'http://h/queues/b1' },
      { QueueURL: 'http://h/queues/b2' },
    ]);
    const marker = String(first.at('Queues', 'NextMarker'));
    const second = await cloud.send('GET', '/queues', '', {
      headers: { ...headers, 'x-mns-marker': marker },
    });
    expect(second.at('Queues', 'Queue', 0, 'QueueURL')).toBe('http://h/queues/b3');
    expect(second.at('Queues', 'NextMarker')).toBeUndefined();
  });

  it('is empty without queues, and refuses a page of no size', async () => {
    const reply = await cloud.send('GET', '/queues');
    expect(reply.status).toBe(200);
    expect(reply.at('Queues', 'Queue')).toBeUndefined();
    for (const size of ['0', '1001', 'x']) {
      const headers = { 'x-mns-ret-number': size };
      expect(await cloud.refusal('GET', '/queues', '', { headers })).toBe('400 InvalidArgument');
    }
  });
});

describe('a dead letter queue', () => {
  const policy = (target: string, count: number): string =>
    xml('Queue', [
      inner('DlqPolicy', { Enabled: 'true', DeadLetterTargetQueue: target, MaxReceiveCount: count }),
    ]);

  it('takes a message that was received too often', async () => {
    await cloud.send('PUT', '/queues/dead', xml('Queue'));
    expect((await cloud.send('PUT', '/queues/jobs', policy('dead', 2))).status).toBe(201);
    await cloud.send('POST', '/queues/jobs/messages', message('poison', { Priority: 3 }));
    for (let round = 0; round < 2; round += 1) {
      expect((await cloud.send('GET', '/queues/jobs/messages')).at('Message', 'MessageBody')).toBe('poison');
      await cloud.clock.advance(30 * SECOND);
    }
    expect(await cloud.refusal('GET', '/queues/jobs/messages')).toBe('404 MessageNotExist');
    expect(cloud.owner.mns.queue('dead').messages.map(({ body }) => body)).toEqual(['poison']);
    expect(cloud.owner.mns.queue('jobs').messages).toEqual([]);
    const shown = await cloud.send('GET', '/queues/jobs');
    expect(shown.at('Queue', 'DlqPolicy')).toEqual({
      Enabled: 'True',
      DeadLetterTargetQueue: 'dead',
      MaxReceiveCount: '2',
    });
  });

  it('must be another queue that exists', async () => {
    expect(await cloud.refusal('PUT', '/queues/jobs', policy('jobs', 2))).toBe('400 InvalidArgument');
    expect(await cloud.refusal('PUT', '/queues/jobs', policy('dead', 2))).toBe('400 InvalidArgument');
    await cloud.send('PUT', '/queues/dead', xml('Queue'));
    expect(await cloud.refusal('PUT', '/queues/jobs', policy('dead', 0))).toBe('400 InvalidArgument');
    const untargeted = xml('Queue', [inner('DlqPolicy', { Enabled: 'true' })]);
    expect(await cloud.refusal('PUT', '/queues/jobs', untargeted)).toBe('400 InvalidArgument');
  });

  it('leaves the message where it is once it is gone itself, and is given up with Enabled false', async () => {
    await cloud.send('PUT', '/queues/dead', xml('Queue'));
    await cloud.send('PUT', '/queues/jobs', policy('dead', 1));
    await cloud.send('DELETE', '/queues/dead');
    await cloud.send('POST', '/queues/jobs/messages', message('poison'));
    await cloud.send('GET', '/queues/jobs/messages');
    await cloud.clock.advance(30 * SECOND);
    expect((await cloud.send('GET', '/queues/jobs/messages')).at('Message', 'DequeueCount')).toBe('2');
    const off = xml('Queue', [inner('DlqPolicy', { Enabled: 'false' })]);
    expect((await cloud.send('PUT', '/queues/jobs?metaoverride=true', off)).status).toBe(204);
    expect(cloud.owner.mns.queue('jobs').attributes.dlqPolicy).toBeNull();
  });
});
