import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mnsClient } from './clients.ts';
import { mnsStatus, xml } from './mns-request.ts';
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

const md5 = (body: string) => createHash('md5').update(body).digest('hex').toUpperCase();
const handle = (answer: { body: Readonly<Record<string, string>> }) => answer.body['ReceiptHandle'] ?? '';

describe('SendMessage, ReceiveMessage, PeekMessage, DeleteMessage', () => {
  it('a message is sent, looked at, received and deleted', async () => {
    const name = await newQueue('life');
    const body = 'h\u00e9llo \\u003cyou\\u003e';
    const sent = await client.sendMessage(name, { MessageBody: body, Priority: 3 });
    expect(sent).toMatchObject({ code: 201, body: { MessageBodyMD5: md5(body) } });
    const peeked = await cloud.eventually(() => client.peekMessage(name));
    expect(peeked.body).toMatchObject({ MessageBody: body, DequeueCount: '0', Priority: '3' });
    expect(peeked.body).not.toHaveProperty('ReceiptHandle');
    const got = await client.receiveMessage(name, 5);
    expect(got.body).toMatchObject({
      MessageId: sent.body['MessageId'],
      MessageBody: body,
      MessageBodyMD5: md5(body),
      DequeueCount: '1',
      EnqueueTime: expect.stringMatching(/^\d{13}$/),
      NextVisibleTime: expect.stringMatching(/^\d{13}$/),
      FirstDequeueTime: expect.stringMatching(/^\d{13}$/),
    });
    expect(await refused(client.receiveMessage(name))).toBe('MessageNotExist');
    expect((await client.deleteMessage(name, handle(got))).code).toBe(204);
    expect(await refused(client.deleteMessage(name, handle(got)))).toMatch(
      /^(MessageNotExist|ReceiptHandleError)$/,
    );
  });

  it('a waiting receive gets what comes', async () => {
    const name = await newQueue('wait');
    const waiting = client.receiveMessage(name, 20);
    await client.sendMessage(name, { MessageBody: 'at last' });
    expect((await waiting).body['MessageBody']).toBe('at last');
  });

  it('a delayed message is not there yet', async () => {
    const name = await newQueue('delay');
    await client.sendMessage(name, { MessageBody: 'later', DelaySeconds: 600 });
    expect(await refused(client.receiveMessage(name))).toBe('MessageNotExist');
    expect((await client.getQueueAttributes(name)).body['ActiveMessages']).toBe('0');
  });

  it('refusals', async () => {
    const name = await newQueue('refusals', { MaximumMessageSize: 1024 });
    const messages = `/queues/${name}/messages`;
    expect(await mnsStatus(cloud, 'GET', messages)).toBe('404 MessageNotExist');
    expect(await mnsStatus(cloud, 'GET', `${messages}?waitseconds=31`)).toBe('400 InvalidArgument');
    const long = { body: xml('Message', { MessageBody: 'x'.repeat(1025) }) };
    expect(await mnsStatus(cloud, 'POST', messages, long)).toMatch(
      /^400 (InvalidArgument|MessageBodyTooLarge)/,
    );
    expect(await mnsStatus(cloud, 'POST', messages, { body: xml('Message', {}) })).toBe(
      '400 InvalidArgument',
    );
    expect(await mnsStatus(cloud, 'POST', messages, { body: 'no xml' })).toBe('400 MalformedXML');
    expect(await mnsStatus(cloud, 'DELETE', `${messages}?ReceiptHandle=nonsense`)).toBe(
      '400 ReceiptHandleError',
    );
    const none = `/queues/${cloud.name('none')}/messages`;
    expect(await mnsStatus(cloud, 'GET', none)).toBe('404 QueueNotExist');
    expect(await mnsStatus(cloud, 'POST', none, { body: xml('Message', { MessageBody: 'x' }) })).toBe(
      '404 QueueNotExist',
    );
  });
});

describe('ChangeMessageVisibility', () => {
  it('gives a new handle, and the old one is good for nothing', async () => {
    const name = await newQueue('visibility');
    await client.sendMessage(name, { MessageBody: 'x' });
    const got = await client.receiveMessage(name, 5);
    const changed = await client.changeMessageVisibility(name, handle(got), 600);
    expect(changed.code).toBe(200);
    expect(handle(changed)).not.toBe(handle(got));
    expect(await refused(client.deleteMessage(name, handle(got)))).toMatch(
      /^(MessageNotExist|ReceiptHandleError)$/,
    );
    const again = await client.changeMessageVisibility(name, handle(changed), 1);
    const back = await client.receiveMessage(name, 10);
    expect(back.body).toMatchObject({ MessageId: got.body['MessageId'], DequeueCount: '2' });
    expect(await refused(client.deleteMessage(name, handle(again)))).toMatch(
      /^(MessageNotExist|ReceiptHandleError)$/,
    );
    expect((await client.deleteMessage(name, handle(back))).code).toBe(204);
  });

  it('refusals', async () => {
    const name = await newQueue('no-visibility');
    const change = (receipt: string, seconds: number) =>
      mnsStatus(
        cloud,
        'PUT',
        `/queues/${name}/messages?receiptHandle=${receipt}&visibilityTimeout=${seconds}`,
      );
    expect(await change('nonsense', 30)).toBe('400 ReceiptHandleError');
    await client.sendMessage(name, { MessageBody: 'x' });
    const got = await client.receiveMessage(name, 5);
    expect(await change(handle(got), 43_201)).toBe('400 InvalidArgument');
    expect(await change(handle(got), 0)).toBe('400 InvalidArgument');
  });
});

describe('BatchSendMessage, BatchReceiveMessage, BatchPeekMessage, BatchDeleteMessage', () => {
  const bodies = Array.from({ length: 16 }, (_, i) => ({ MessageBody: `m${i}` }));

  it('sixteen at once', async () => {
    const name = await newQueue('batch');
    const sent = await client.batchSendMessage(name, bodies);
    expect(sent.code).toBe(201);
    expect(sent.body.map((m) => m['MessageBodyMD5'])).toEqual(bodies.map((m) => md5(m.MessageBody)));
    const peeked = await client.batchPeekMessage(name, 16);
    expect(peeked.body.length).toBeGreaterThan(0);
    const seen = new Map<string, string>();
    while (seen.size < 16) {
      const { body } = await client.batchReceiveMessage(name, 16, 5);
      for (const m of body) seen.set(m['MessageBody'] ?? '', m['ReceiptHandle'] ?? '');
    }
    expect([...seen.keys()].sort()).toEqual(bodies.map((m) => m.MessageBody).sort());
    expect((await client.batchDeleteMessage(name, [...seen.values()])).code).toBe(204);
    expect(await refused(client.batchPeekMessage(name, 16))).toBe('MessageNotExist');
  });

  it('a batch with a wrong handle deletes the others and says which it was', async () => {
    const name = await newQueue('partial');
    await client.sendMessage(name, { MessageBody: 'x' });
    const got = await client.receiveMessage(name, 5);
    const answer = await client.batchDeleteMessage(name, ['nonsense', handle(got)]);
    expect(answer.code).toBe(404);
    expect(answer.body).toMatchObject([{ ErrorCode: 'ReceiptHandleError', ReceiptHandle: 'nonsense' }]);
    expect(await refused(client.peekMessage(name))).toBe('MessageNotExist');
  });

  it('refusals', async () => {
    const name = await newQueue('no-batch');
    const messages = `/queues/${name}/messages`;
    expect(await refused(client.batchSendMessage(name, [...bodies, { MessageBody: 'one more' }]))).toBe(
      'InvalidArgument',
    );
    expect(await mnsStatus(cloud, 'GET', `${messages}?numOfMessages=17`)).toBe('400 InvalidArgument');
    expect(await mnsStatus(cloud, 'GET', `${messages}?numOfMessages=16`)).toBe('404 MessageNotExist');
    expect(await mnsStatus(cloud, 'GET', `${messages}?peekonly=true&numOfMessages=16`)).toBe(
      '404 MessageNotExist',
    );
    const half = [{ MessageBody: 'x'.repeat(40_000) }, { MessageBody: 'y'.repeat(40_000) }];
    expect(await refused(client.batchSendMessage(name, half))).toMatch(
      /^(InvalidArgument|MessageBodyTooLarge)$/,
    );
    expect(await refused(client.peekMessage(name))).toBe('MessageNotExist');
  });
});
