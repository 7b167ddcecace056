import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { replySchema } from '../../../events/reply.ts';
import { xmlSafeJson } from '../../../events/xml-safe-json.ts';
import { openDoor } from '../../../local/cloud/http/server.ts';
import { createQueue, createTopic, handleMns, mnsIdle, subscribe } from '../../../local/cloud/mns/index.ts';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { outbox, topic } from '../../../shared/alicloud/topic.ts';
import { millis, systemClock } from '../../../shared/runtime/clock.ts';
import { OWNER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { addUser, everything, twoAccounts } from '../../kit/two-accounts.ts';
import { failureIn, patienceOf, planted, thrownBy } from './setup.ts';
import { html, mnsError, type Say, standIn, xml } from './stand-in.ts';

const published = xml(201, '<Message><MessageId>M-1</MessageId><MessageBodyMD5>0</MessageBodyMD5></Message>');

const topicAt = (endpoint: string, clock = new TestClock()) =>
  topic('replies', { accountId: OWNER, endpoint, credentials: planted() }, patienceOf(clock));

async function told(...says: [Say, ...Say[]]) {
  const { url, seen } = await standIn(...says);
  const clock = new TestClock();
  return { replies: topicAt(url, clock), seen, clock };
}

describe('publishing', () => {
  it('answers the id that the service gave', async () => {
    const { replies, seen } = await told(published);
    expect(await replies.publish('{"a":1}', 'verified')).toBe('M-1');
    expect(seen[0]?.url.pathname).toBe('/topics/replies/messages');
    expect(seen[0]?.body).toContain('<MessageBody>{"a":1}</MessageBody><MessageTag>verified</MessageTag>');
  });

  it('answers no id where the service gave none', async () => {
    const { replies } = await told({ status: 201 }, xml(201, '<Message><Other>x</Other></Message>'));
    expect(await replies.publish('{}')).toBe('');
    expect(await replies.publish('{}')).toBe('');
  });

  it('leaves the tag out when there is none', async () => {
    const { replies, seen } = await told(published);
    await replies.publish('{}');
    expect(seen[0]?.body).not.toContain('MessageTag');
  });

  it.each(['<', '>', '&', '\uffff', '\ufffe'])(
    'refuses %j, which the SDK would put into XML as it is: nothing is sent',
    async (char) => {
      const { replies, seen } = await told(published);
      await expect(replies.publish(`a${char}b`)).rejects.toThrow(
        'MNS PublishMessage to replies: the body is not safe inside XML',
      );
      expect(seen).toEqual([]);
    },
  );

  it('is repeated after a 502 page, an empty 503, throttling and a closed connection', async () => {
    const { replies, seen, clock } = await told(
      html(502),
      { status: 503 },
      mnsError(429, 'TooManyRequests'),
      'hang up',
      published,
    );
    expect(await replies.publish('{}')).toBe('M-1');
    expect(seen).toHaveLength(5);
    expect(clock.waits).toEqual([100, 200, 400, 800]);
  });

  it('gives the event back when the service does not recover', async () => {
    const { replies, seen } = await told(html(502));
    const error = await thrownBy(replies.publish('{}'));
    expect(error).toMatchObject({
      name: 'RetryableError',
      code: 'internal',
      message: 'MNS PublishMessage to replies: Http502 (HTTP 502), after 7 attempts',
    });
    expect(seen).toHaveLength(7);
  });

  it.each([
    ['AccessDenied', 403, 'TerminalError', 'permission-missing'],
    ['TopicNotExist', 404, 'TerminalError', 'internal'],
    ['MalformedXML', 400, 'TerminalError', 'internal'],
    ['InvalidAccessKeyId', 403, 'RetryableError', 'internal'],
    ['TimeExpired', 408, 'RetryableError', 'internal'],
  ])('is not repeated after %s', async (code, status, name, problem) => {
    const { replies, seen } = await told(mnsError(status, code));
    const error = await thrownBy(replies.publish('{}'));
    expect(error).toMatchObject({ name, code: problem });
    expect(failureIn(error)).toMatchObject({ code, status });
    expect(seen).toHaveLength(1);
  });

  it('is no success when another status than 201 comes back', async () => {
    const { replies } = await told({ status: 200 });
    expect(await thrownBy(replies.publish('{}'))).toMatchObject({ name: 'TerminalError', code: 'internal' });
  });
});

describe('a reply', () => {
  it('reaches a queue as it was, with < > & in its reference and whom it is for as the tag', async () => {
    const { world, owner } = twoAccounts(systemClock);
    createTopic(world, owner, 'replies');
    createQueue(world, owner, 'mine');
    subscribe(world, owner, 'replies', 'mine', {
      endpoint: `acs:mns:cn-hangzhou:${OWNER}:queues/mine`,
      notifyContentFormat: 'SIMPLIFIED',
      notifyStrategy: 'BACKOFF_RETRY',
      filterTag: '1000000000000001',
    });
    const door = await openDoor(world, owner, { rpc: [], mns: handleMns, fc: null });
    try {
      const { keys } = addUser(owner, 'sender', everything);
      const options = {
        accountId: OWNER,
        endpoint: door.url,
        credentials: new Credentials(keys, millis(0)),
      };
      const reply = replySchema.parse(
        JSON.parse(
          readFileSync(new URL('../../../events/samples/reply-verified.json', import.meta.url), 'utf8'),
        ),
      );
      const reference = '<b>A & B</b> ]]> &amp; "4711" 数据库 🙂 \uffff\u0007';
      const sent = { ...reply, data: { ...reply.data, reference } };
      await outbox('replies', options, patienceOf(systemClock)).publish(sent, '1000000000000001');
      await mnsIdle(world);
      const bodies = [...owner.mns.queue('mine').messages].map(({ body }) => body);
      expect(bodies).toEqual([xmlSafeJson(sent)]);
      expect(JSON.parse(bodies[0] ?? '')).toEqual(sent);
    } finally {
      await door.close();
    }
  });
});
