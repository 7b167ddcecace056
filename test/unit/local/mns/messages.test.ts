import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../../../kit/time.ts';
import { handleOf, inner, type Mns, message, mns, xml } from './mns.ts';

const AT = '/queues/jobs/messages';
const md5 = (text: string): string => createHash('md5').update(text).digest('hex').toUpperCase();

let cloud: Mns;
beforeEach(async () => {
  cloud = mns();
  await cloud.send('PUT', '/queues/jobs', xml('Queue'));
});

const put = (body: string, more: Readonly<Record<string, string | number>> = {}) =>
  cloud.send('POST', AT, message(body, more));
const bodies = (): string[] => cloud.owner.mns.queue('jobs').messages.map(({ body }) => body);
const deleteBy = (handle: string) => cloud.refusal('DELETE', `${AT}?ReceiptHandle=${handle}`);

describe('a message', () => {
  it('is sent, received and deleted', async () => {
    const body = '{"text":"<a> & b, \u00fc, \u{1F600}"}';
    const sent = await put(body);
    expect(sent.status).toBe(201);
    expect(sent.at('Message', 'MessageBodyMD5')).toBe(md5(body));
    expect(sent.at('Message', 'ReceiptHandle')).toBeUndefined();
    await cloud.clock.advance(5 * SECOND);
    const got = await cloud.send('GET', AT);
    expect(got.status).toBe(200);
    expect(got.at('Message')).toEqual({
      MessageId: sent.at('Message', 'MessageId'),
      ReceiptHandle: expect.stringMatching(/^8-[A-Za-z0-9]+=*$/),
      MessageBody: body,
      MessageBodyMD5: md5(body),
      EnqueueTime: '1795428000000',
      NextVisibleTime: '1795428035000',
      FirstDequeueTime: '1795428005000',
      DequeueCount: '1',
      Priority: '8',
    });
    expect(await cloud.refusal('GET', AT)).toBe('404 MessageNotExist');
    expect((await cloud.send('DELETE', `${AT}?ReceiptHandle=${handleOf(got)}`)).status).toBe(204);
    expect(bodies()).toEqual([]);
  });

  it('shows again when nobody deletes it in time, and the old handle is good for nothing', async () => {
    await put('x');
    const first = await cloud.send('GET', AT);
    await cloud.clock.advance(30 * SECOND);
    expect(await deleteBy(handleOf(first))).toBe('404 MessageNotExist');
    const second = await cloud.send('GET', AT);
    expect(second.at('Message', 'DequeueCount')).toBe('2');
    expect(second.at('Message', 'FirstDequeueTime')).toBe('1795428000000');
    expect(await deleteBy(handleOf(first))).toBe('404 MessageNotExist');
    expect(await deleteBy(handleOf(second))).toBe('204 undefined');
    expect(await deleteBy(handleOf(second))).toBe('404 MessageNotExist');
  });

  it('can be peeked at without being taken', async () => {
    const sent = await put('x');
    for (let round = 0; round < 2; round += 1) {
      const seen = await cloud.send('GET', `${AT}?peekonly=true`);
      expect(seen.at('Message')).toEqual({
        MessageId: sent.at('Message', 'MessageId'),
        MessageBody: 'x',
        MessageBodyMD5: md5('x'),
        EnqueueTime: '1795428000000',
        FirstDequeueTime: '1795428000000',
        DequeueCount: '0',
        Priority: '8',
      });
    }
    await cloud.send('GET', AT);
    expect(await cloud.refusal('GET', `${AT}?peekonly=true`)).toBe('404 MessageNotExist');
    expect(await cloud.refusal('GET', `${AT}?peekonly=maybe`)).toBe('400 InvalidArgument');
  });

  it('waits for its delay, and can be taken back meanwhile', async () => {
    const later = await put('later', { DelaySeconds: 604_800 });
    await put('soon', { DelaySeconds: 10 });
    expect(await cloud.refusal('GET', AT)).toBe('404 MessageNotExist');
    await cloud.clock.advance(10 * SECOND);
    expect((await cloud.send('GET', AT)).at('Message', 'MessageBody')).toBe('soon');
    expect(await deleteBy(handleOf(later))).toBe('204 undefined');
    expect(bodies()).toEqual(['soon']);
  });

  it('is lost after the retention period', async () => {
    await cloud.send('PUT', '/queues/jobs?metaoverride=true', xml('Queue', { MessageRetentionPeriod: 60 }));
    await put('x');
    await put('late', { DelaySeconds: 30 });
    await cloud.clock.advance(59 * SECOND);
    expect(bodies()).toEqual(['x', 'late']);
    await cloud.clock.advance(1 * SECOND);
    expect(bodies()).toEqual(['late']);
    await cloud.clock.advance(30 * SECOND);
    expect(await cloud.refusal('GET', AT)).toBe('404 MessageNotExist');
  });

  it('of a higher priority comes first, then the older one', async () => {
    await put('b', { Priority: 8 });
    await put('c', { Priority: 16 });
    await put('a', { Priority: 1 });
    await put('b2');
    const order: unknown[] = [];
    for (let n = 0; n < 4; n += 1) order.push((await cloud.send('GET', AT)).at('Message', 'MessageBody'));
    expect(order).toEqual(['a', 'b', 'b2', 'c']);
  });

  it.each([
    ['no body', xml('Message', {})],
    ['an empty body', message('')],
    ['an unknown element', message('x', { Colour: 'red' })],
    ['a tag, which is for topics', message('x', { MessageTag: 'a' })],
    ['a delay over 7 days', message('x', { DelaySeconds: 604_801 })],
    ['priority 0', message('x', { Priority: 0 })],
    ['priority 17', message('x', { Priority: 17 })],
    ['65,537 bytes', message(`${'\u00fc'.repeat(32_768)}x`)],
    ['another root', xml('Letter', { MessageBody: 'x' })],
  ])('is refused with %s', async (_what, body) => {
    expect(await cloud.refusal('POST', AT, body)).toBe('400 InvalidArgument');
    expect(bodies()).toEqual([]);
  });

  it('may have exactly 65,536 bytes, or as many as the queue allows', async () => {
    expect((await put('\u00fc'.repeat(32_768))).status).toBe(201);
    await cloud.send('PUT', '/queues/jobs?metaoverride=true', xml('Queue', { MaximumMessageSize: 1024 }));
    expect((await put('x'.repeat(1024))).status).toBe(201);
    expect((await put('x'.repeat(1025))).at('Error', 'Message')).toBe(
      'The value of MessageBody should between 1 and 1024 seconds/bytes.',
    );
  });

  it.each(['GET', 'POST'])('needs a queue: %s', async (method) => {
    expect(await cloud.refusal(method, '/queues/none/messages', method === 'POST' ? message('x') : '')).toBe(
      '404 QueueNotExist',
    );
  });
});

describe('visibility', () => {
  it.each([
    ['ReceiptHandle', 'VisibilityTimeout'],
    ['receiptHandle', 'visibilityTimeout'],
  ])('is changed under a new handle (%s, %s)', async (handleName, timeoutName) => {
    await put('x');
    const got = await cloud.send('GET', AT);
    const changed = await cloud.send('PUT', `${AT}?${handleName}=${handleOf(got)}&${timeoutName}=30`);
    expect(changed.status).toBe(200);
    expect(changed.at('ChangeVisibility', 'NextVisibleTime')).toBe('1795428030000');
    const fresh = handleOf(changed, 'ChangeVisibility', 'ReceiptHandle');
    expect(await deleteBy(handleOf(got))).toBe('404 MessageNotExist');
    expect(await deleteBy(fresh)).toBe('204 undefined');
  });

  it('counts from now', async () => {
    await put('x');
    const got = await cloud.send('GET', AT);
    await cloud.send('PUT', `${AT}?ReceiptHandle=${handleOf(got)}&VisibilityTimeout=1`);
    await cloud.clock.advance(1 * SECOND);
    expect((await cloud.send('GET', AT)).at('Message', 'DequeueCount')).toBe('2');
  });

  it('is refused without, or with a wrong, handle or timeout', async () => {
    await put('x');
    const handle = handleOf(await cloud.send('GET', AT));
    const refusal = (query: string) => cloud.refusal('PUT', `${AT}?${query}`);
    expect(await refusal('VisibilityTimeout=1')).toBe('400 MissingReceiptHandle');
    expect(await refusal(`ReceiptHandle=${handle}`)).toBe('400 MissingVisibilityTimeout');
    expect(await cloud.refusal('PUT', AT)).toBe('400 MissingReceiptHandle');
    for (const seconds of ['0', '43201', '-1', 'x']) {
      expect(await refusal(`ReceiptHandle=${handle}&VisibilityTimeout=${seconds}`)).toBe(
        '400 InvalidArgument',
      );
    }
    expect(await refusal('ReceiptHandle=nonsense&VisibilityTimeout=1')).toBe('400 ReceiptHandleError');
    expect(await refusal('ReceiptHandle=8-MS0xLTE0MzI3Mjc4Mjc=&VisibilityTimeout=1')).toBe(
      '404 MessageNotExist',
    );
    await cloud.clock.advance(30 * SECOND);
    expect(await refusal(`ReceiptHandle=${handle}&VisibilityTimeout=1`)).toBe('404 MessageNotExist');
  });
});

describe('deleting', () => {
  it('is refused without, or with a wrong, handle', async () => {
    await put('x');
    expect(await deleteBy('')).toBe('400 MissingReceiptHandle');
    expect(await cloud.refusal('DELETE', AT)).toBe('400 MissingReceiptHandle');
    expect(await deleteBy('nonsense')).toBe('400 ReceiptHandleError');
    expect(await deleteBy('8-MS0xLTE0MzI3Mjc4Mjc=')).toBe('404 MessageNotExist');
    expect(bodies()).toEqual(['x']);
  });
});

describe('a batch', () => {
  const batch = (...texts: string[]): string =>
    xml(
      'Messages',
      texts.map((text) => inner('Message', { MessageBody: text })),
    );
  const handles = (...all: string[]): string =>
    xml(
      'ReceiptHandles',
      all.map((handle) => `<ReceiptHandle>${handle}</ReceiptHandle>`),
    );

  it('is sent, received and deleted together', async () => {
    const sent = await cloud.send('POST', AT, batch('a', 'b', 'c'));
    expect(sent.status).toBe(201);
    expect(sent.at('Messages', 'Message', 2, 'MessageBodyMD5')).toBe(md5('c'));
    const got = await cloud.send('GET', `${AT}?numOfMessages=2`);
    expect([
      got.at('Messages', 'Message', 0, 'MessageBody'),
      got.at('Messages', 'Message', 1, 'MessageBody'),
    ]).toEqual(['a', 'b']);
    const taken = [0, 1].map((n) => handleOf(got, 'Messages', 'Message', n, 'ReceiptHandle'));
    expect((await cloud.send('DELETE', AT, handles(...taken))).status).toBe(204);
    expect(bodies()).toEqual(['c']);
    const seen = await cloud.send('GET', `${AT}?peekonly=true&numOfMessages=16`);
    expect(seen.at('Messages', 'Message', 0, 'MessageBody')).toBe('c');
    const rest = await cloud.send('GET', `${AT}?numOfMessages=16&waitseconds=0`);
    expect(rest.at('Messages', 'Message', 0, 'MessageBody')).toBe('c');
    expect(await cloud.refusal('GET', `${AT}?numOfMessages=16`)).toBe('404 MessageNotExist');
    expect(await cloud.refusal('GET', `${AT}?peekonly=true&numOfMessages=16`)).toBe('404 MessageNotExist');
  });

  it('of deletions tells which failed, and the others are done', async () => {
    await put('x');
    const good = handleOf(await cloud.send('GET', AT));
    const reply = await cloud.send('DELETE', AT, handles('nonsense', good, '8-MS0xLTE0MzI3Mjc4Mjc='));
    expect(reply.status).toBe(404);
    expect(reply.at('Errors', 'Error')).toEqual([
      {
        ErrorCode: 'ReceiptHandleError',
        ErrorMessage: 'The receipt handle you provide is not valid.',
        ReceiptHandle: 'nonsense',
      },
      {
        ErrorCode: 'MessageNotExist',
        ErrorMessage: 'Message not exist.',
        ReceiptHandle: '8-MS0xLTE0MzI3Mjc4Mjc=',
      },
    ]);
    expect(bodies()).toEqual([]);
  });

  it('holds 1 to 16 messages and 64 KB together, all of them good, or none is sent', async () => {
    const seventeen = Array.from({ length: 17 }, (_, n) => `${n}`);
    expect(await cloud.refusal('POST', AT, batch(...seventeen))).toBe('400 InvalidArgument');
    expect(await cloud.refusal('POST', AT, batch())).toBe('400 InvalidArgument');
    expect(await cloud.refusal('POST', AT, batch('a'.repeat(40_000), 'b'.repeat(40_000)))).toBe(
      '400 InvalidArgument',
    );
    expect(await cloud.refusal('POST', AT, batch('a', ''))).toBe('400 InvalidArgument');
    expect(await cloud.refusal('POST', AT, xml('Messages', ['<Letter/>']))).toBe('400 InvalidArgument');
    expect(bodies()).toEqual([]);
    expect((await cloud.send('POST', AT, batch(...seventeen.slice(1)))).status).toBe(201);
    expect(bodies()).toHaveLength(16);
  });

  it('of handles holds 1 to 16', async () => {
    expect(await cloud.refusal('DELETE', AT, handles())).toBe('400 InvalidArgument');
    expect(await cloud.refusal('DELETE', AT, handles(...Array.from({ length: 17 }, () => 'x')))).toBe(
      '400 InvalidArgument',
    );
  });

  it('is received by a number from 1 to 16', async () => {
    for (const count of ['0', '17', 'x', '']) {
      expect(await cloud.refusal('GET', `${AT}?numOfMessages=${count}`)).toBe('400 InvalidArgument');
      expect(await cloud.refusal('GET', `${AT}?peekonly=true&numOfMessages=${count}`)).toBe(
        '400 InvalidArgument',
      );
    }
  });
});
