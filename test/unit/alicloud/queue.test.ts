import http from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDoor } from '../../../local/cloud/http/server.ts';
import { createQueue, handleMns, sendToQueue } from '../../../local/cloud/mns/index.ts';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { queue } from '../../../shared/alicloud/queue.ts';
import { millis, systemClock } from '../../../shared/runtime/clock.ts';
import { OWNER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { addUser, everything, twoAccounts } from '../../kit/two-accounts.ts';
import { patienceOf, planted, thrownBy } from './setup.ts';
import { closedPort, html, mnsError, type Say, standIn, xml } from './stand-in.ts';

const message = (body: string) =>
  xml(
    200,
    `<Message><MessageId>M-1</MessageId><MessageBody>${body}</MessageBody><ReceiptHandle>1-handle</ReceiptHandle></Message>`,
  );

async function told(...says: [Say, ...Say[]]) {
  const { url, seen } = await standIn(...says);
  const clock = new TestClock();
  const options = { accountId: OWNER, endpoint: url, credentials: planted() };
  return { replies: queue('replies', options, patienceOf(clock)), seen, clock };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('receiving', () => {
  it('answers a message and its handle', async () => {
    const { replies, seen } = await told(message('{"a":"\\u003c"}'));
    expect(await replies.receive(2)).toEqual({
      messageId: 'M-1',
      body: '{"a":"\\u003c"}',
      receiptHandle: '1-handle',
    });
    expect(`${seen[0]?.url.pathname}${seen[0]?.url.search}`).toBe('/queues/replies/messages?waitseconds=2');
  });

  it('answers null when none came, after one call', async () => {
    const { replies, seen } = await told(mnsError(404, 'MessageNotExist'));
    expect(await replies.receive(0)).toBeNull();
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['nothing', { status: 200 }],
    ['a message without a handle', xml(200, '<Message><MessageBody>x</MessageBody></Message>')],
    ['a handle without a message', xml(200, '<Message><ReceiptHandle>h</ReceiptHandle></Message>')],
  ] as const)('answers null where the service answered %s', async (_what, say) => {
    const { replies } = await told(say);
    expect(await replies.receive(0)).toBeNull();
  });

  it('answers a message that has no id', async () => {
    const { replies } = await told(
      xml(200, '<Message><MessageBody>x</MessageBody><ReceiptHandle>h</ReceiptHandle></Message>'),
    );
    expect(await replies.receive(0)).toEqual({ messageId: '', body: 'x', receiptHandle: 'h' });
  });

  it('is repeated after a page of a gateway, which is no empty queue', async () => {
    const { replies, seen } = await told(html(502), { status: 503 }, message('x'));
    expect(await replies.receive(1)).toMatchObject({ body: 'x' });
    expect(seen).toHaveLength(3);
  });

  it.each([
    ['QueueNotExist', 404, 'internal'],
    ['AccessDenied', 403, 'permission-missing'],
  ])('fails for good at %s', async (code, status, problem) => {
    const { replies, seen } = await told(mnsError(status, code));
    expect(await thrownBy(replies.receive(1))).toMatchObject({ name: 'TerminalError', code: problem });
    expect(seen).toHaveLength(1);
  });

  it.each([0, 1, 30])('waits longer for the answer than the service does: %i s', async (seconds) => {
    const request = vi.spyOn(http, 'request');
    const { replies } = await told(message('x'));
    await replies.receive(seconds);
    const silence = request.mock.calls.map(([given]) => Number(Reflect.get(Object(given), 'timeout')));
    expect(silence).toEqual([seconds * 1_000 + 10_000]);
  });
});

describe('removing', () => {
  it('is done when the service says 204', async () => {
    const { replies, seen } = await told({ status: 204 });
    await replies.remove('1-handle');
    expect(seen[0]).toMatchObject({ method: 'DELETE' });
    expect(seen[0]?.url.searchParams.get('ReceiptHandle')).toBe('1-handle');
  });

  it('is not done when anything else comes back', async () => {
    const { replies } = await told({ status: 200 });
    expect(await thrownBy(replies.remove('1-handle'))).toMatchObject({ name: 'TerminalError' });
  });

  it('says so when the handle is no longer good', async () => {
    const { replies } = await told(mnsError(400, 'ReceiptHandleError'));
    const error = await thrownBy(replies.remove('1-handle'));
    expect(error).toMatchObject({
      name: 'TerminalError',
      message: expect.stringContaining('MNS DeleteMessage from replies: ReceiptHandleError'),
    });
  });
});

describe('releasing', () => {
  it.each(['ReceiptHandleError', 'MessageNotExist'])(
    'leaves a message as it is that was shown again already: %s',
    async (code) => {
      const { replies, seen } = await told(mnsError(400, code));
      await replies.release('1-handle', 1);
      expect(seen).toHaveLength(1);
    },
  );

  it('says so when it could not be done', async () => {
    const { replies } = await told(mnsError(404, 'QueueNotExist'));
    expect(await thrownBy(replies.release('1-handle', 1))).toMatchObject({ name: 'TerminalError' });
  });
});

describe('without an answer', () => {
  const calls: [string, (replies: ReturnType<typeof queue>) => Promise<unknown>][] = [
    ['receiving', (replies) => replies.receive(0)],
    ['releasing', (replies) => replies.release('1-handle', 1)],
    ['removing', (replies) => replies.remove('1-handle')],
  ];
  it.each(calls)('%s may be tried again later', async (_what, call) => {
    const options = { accountId: OWNER, endpoint: await closedPort(), credentials: planted() };
    const error = await thrownBy(call(queue('replies', options, patienceOf())));
    expect(error).toMatchObject({ name: 'RetryableError', message: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('a queue of the local cloud', () => {
  it('gives its messages once, and has them no more when they were removed', async () => {
    const { world, owner } = twoAccounts(systemClock);
    createQueue(world, owner, 'replies');
    const door = await openDoor(world, owner, { rpc: [], mns: handleMns, fc: null });
    try {
      const credentials = new Credentials(addUser(owner, 'me', everything).keys, millis(0));
      const options = { accountId: OWNER, endpoint: door.url, credentials };
      const replies = queue('replies', options, patienceOf(systemClock));
      expect(await replies.receive(0)).toBeNull();
      sendToQueue(world, owner, 'replies', '{"reference":"\\u003c\\u0026"}');
      const received = await replies.receive(0);
      expect(received?.body).toBe('{"reference":"\\u003c\\u0026"}');
      expect(await replies.receive(0)).toBeNull();
      await replies.remove(received?.receiptHandle ?? '');
      expect([...owner.mns.queue('replies').messages]).toEqual([]);
    } finally {
      await door.close();
    }
  });
});
