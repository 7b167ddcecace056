import { describe, expect, it } from 'vitest';
import { mnsClient } from './clients.ts';
import { mnsRequest, mnsStatus, xml } from './mns-request.ts';
import { refused } from './refused.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const client = mnsClient(cloud);

async function newQueue(what: string, fields: Record<string, number> = {}): Promise<string> {
  const name = cloud.name(what);
  cloud.cleanup.add(`queue ${name}`, () => client.deleteQueue(name));
  await client.createQueue(name, fields);
  await cloud.eventually(() => client.getQueueAttributes(name));
  return name;
}

describe('CreateQueue, GetQueueAttributes, SetQueueAttributes, ListQueue, DeleteQueue', () => {
  it('a queue is made once, and again without effect', async () => {
    const name = cloud.name('made');
    cloud.cleanup.add(`queue ${name}`, () => client.deleteQueue(name));
    const created = await client.createQueue(name, { VisibilityTimeout: 60 });
    expect(created.code).toBe(201);
    expect(created.headers['location']).toMatch(new RegExp(`/queues/${name}$`));
    await cloud.eventually(() => client.getQueueAttributes(name));
    expect((await client.createQueue(name, { VisibilityTimeout: 60 })).code).toBe(204);
    expect(await refused(client.createQueue(name, { VisibilityTimeout: 61 }))).toBe('QueueAlreadyExist');
    const again = { body: xml('Queue', { VisibilityTimeout: '61' }) };
    expect(await mnsStatus(cloud, 'PUT', `/queues/${name}`, again)).toBe('409 QueueAlreadyExist');
  });

  it('attributes are read and changed', async () => {
    const name = await newQueue('attributes', { DelaySeconds: 1, MaximumMessageSize: 2048 });
    expect((await client.setQueueAttributes(name, { DelaySeconds: 0, PollingWaitSeconds: 2 })).code).toBe(
      204,
    );
    await cloud.eventually(async () =>
      expect((await client.getQueueAttributes(name)).body).toMatchObject({
        QueueName: name,
        DelaySeconds: '0',
        PollingWaitSeconds: '2',
        MaximumMessageSize: '2048',
        VisibilityTimeout: '30',
        ActiveMessages: '0',
        InactiveMessages: '0',
        DelayMessages: '0',
        CreateTime: expect.stringMatching(/^\d{10}$/),
      }),
    );
  });

  it('queues are listed by prefix, in pages', async () => {
    const names = [await newQueue('list-1'), await newQueue('list-2'), await newQueue('list-3')];
    await cloud.eventually(async () => {
      const seen: string[] = [];
      for (let marker = ''; ; ) {
        const headers = {
          'x-mns-prefix': cloud.name('list-'),
          'x-mns-ret-number': '2',
          ...(marker === '' ? {} : { 'x-mns-marker': marker }),
        };
        const page = await mnsRequest(cloud, 'GET', '/queues', { headers });
        const found = [page.at('Queues', 'Queue')].flat() as { QueueURL: string }[];
        expect(found.length).toBeLessThanOrEqual(2);
        seen.push(...found.map(({ QueueURL }) => QueueURL.replace(/^.*\/queues\//, '')));
        marker = String(page.at('Queues', 'NextMarker') ?? '');
        if (marker === '') break;
      }
      expect(seen.sort()).toEqual(names);
    });
    const { body } = await client.listQueue('', 10, cloud.name('list-2'));
    expect(body).toMatchObject([{ QueueURL: expect.stringMatching(/list-2$/) }]);
  });

  it('a queue is deleted, more than once', async () => {
    const name = await newQueue('deleted');
    expect((await client.deleteQueue(name)).code).toBe(204);
    await cloud.eventually(async () => expect(await refused(client.peekMessage(name))).toBe('QueueNotExist'));
    expect((await client.deleteQueue(name)).code).toBe(204);
  });

  it('refusals', async () => {
    const none = `/queues/${cloud.name('none')}`;
    expect(await mnsStatus(cloud, 'GET', none)).toBe('404 QueueNotExist');
    const body = xml('Queue', { DelaySeconds: '1' });
    expect(await mnsStatus(cloud, 'PUT', `${none}?metaoverride=true`, { body })).toBe('404 QueueNotExist');
    const delay = { body: xml('Queue', { DelaySeconds: '604801' }) };
    expect(await mnsStatus(cloud, 'PUT', none, delay)).toBe('400 InvalidArgument');
    expect(await mnsStatus(cloud, 'PUT', none, { body: '<Queue>' })).toBe('400 MalformedXML');
    expect(await mnsStatus(cloud, 'PUT', '/queues/-a', { body })).toMatch(/^400 InvalidQueueName/);
  });
});
