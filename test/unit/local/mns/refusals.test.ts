import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../../../../local/cloud/error.ts';
import { mnsOperations } from '../../../../local/cloud/mns/operations/index.ts';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import { ConnectionLost } from '../../../../local/cloud/weather.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { addUser, everything } from '../../../kit/two-accounts.ts';
import { handleOf, inner, type Mns, message, mns, xml } from './mns.ts';

let cloud: Mns;
beforeEach(async () => {
  cloud = mns();
  await cloud.send('PUT', '/queues/q', xml('Queue'));
  await cloud.send('PUT', '/topics/t', xml('Topic'));
});

const SEND = '/queues/q/messages';
const stored = (): number => cloud.owner.mns.queue('q').messages.length;

describe('an error', () => {
  it('is an Error document with all that clients read', async () => {
    const reply = await cloud.send('GET', '/queues/none');
    expect(reply.headers['content-type']).toBe('text/xml;charset=utf-8');
    expect(reply.xml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error xmlns="http://mns.aliyuncs.com/doc/v1">' +
        '<Code>QueueNotExist</Code><Message>The queue name you provided is not exist.</Message>' +
        `<RequestId>${reply.headers['x-mns-request-id']}</RequestId>` +
        `<HostId>http://${OWNER}.mns.cn-hangzhou.aliyuncs.com</HostId></Error>`,
    );
  });
});

describe('a request that is no operation', () => {
  it.each([
    ['GET', '/'],
    ['PATCH', '/queues/q'],
    ['POST', '/queues/q'],
    ['GET', '/queues/q/messages/1'],
    ['GET', '/topics/t/messages'],
    ['DELETE', '/topics'],
    ['GET', '/queues/'],
  ])('%s %s is refused and recorded', async (method, target) => {
    expect(await cloud.refusal(method, target)).toMatch(/^400 InvalidRequestURL|^404 QueueNotExist/);
    expect(cloud.world.journal.calls.at(-1)).toMatchObject({ service: 'mns', accountId: OWNER });
  });

  it.each([
    ['GET', '/queues/q?colour=red'],
    ['GET', `${SEND}?peekonly=true&waitseconds=1`],
    ['GET', `${SEND}?waitseconds=1&waitseconds=2`],
    ['GET', `${SEND}?waitseconds=1&Waitseconds=2`],
    ['PUT', '/queues/q?metaoverride=true&metaOverride=true'],
    ['POST', `${SEND}?x=1`],
  ])('%s %s has a query that none takes', async (method, target) => {
    expect(await cloud.refusal(method, target)).toBe('400 InvalidQueryString');
  });
});

describe('a body', () => {
  it.each([
    ['nothing', ''],
    ['no XML', 'hello'],
    ['an open element', '<Message><MessageBody>x</Message>'],
    ['two roots', '<Message><MessageBody>x</MessageBody></Message><Message/>'],
    ['text after the root', '<Message><MessageBody>x</MessageBody></Message>x'],
    ['a bare ampersand', '<Message><MessageBody>a & b</MessageBody></Message>'],
    ['a bare less-than', '<Message><MessageBody>a < b</MessageBody></Message>'],
    ['an unknown entity', '<Message><MessageBody>&nbsp;</MessageBody></Message>'],
    ['a character that XML forbids', '<Message><MessageBody>a\u0001</MessageBody></Message>'],
    ['the number of one', '<Message><MessageBody>&#1;</MessageBody></Message>'],
    ['the number of no character', '<Message><MessageBody>&#x110000;</MessageBody></Message>'],
    ['the number of half a character', '<Message><MessageBody>&#xD800;</MessageBody></Message>'],
    ['an end of CDATA without its begin', '<Message><MessageBody>]]></MessageBody></Message>'],
    ['a document type', '<!DOCTYPE Message><Message><MessageBody>x</MessageBody></Message>'],
    [
      'an entity bomb',
      '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Message><MessageBody>&b;</MessageBody></Message>',
    ],
    [
      'a file by entity',
      '<!DOCTYPE b [<!ENTITY f SYSTEM "file:///etc/passwd">]><Message><MessageBody>&f;</MessageBody></Message>',
    ],
    [
      'another encoding',
      '<?xml version="1.0" encoding="gbk"?><Message><MessageBody>x</MessageBody></Message>',
    ],
    ['depth without end', `${'<a>'.repeat(2000)}${'</a>'.repeat(2000)}`],
  ])('of %s is MalformedXML', async (_what, body) => {
    expect(await cloud.refusal('POST', SEND, body)).toBe('400 MalformedXML');
    expect(stored()).toBe(0);
  });

  it('of a name that JavaScript reserves is one of a wrong name', async () => {
    const body = '<__proto__><MessageBody>x</MessageBody></__proto__>';
    expect(await cloud.refusal('POST', SEND, body)).toBe('400 InvalidArgument');
  });

  it('that is not UTF-8 is MalformedXML', async () => {
    const body = Buffer.from([
      ...Buffer.from('<Message><MessageBody>'),
      0xff,
      ...Buffer.from('</MessageBody></Message>'),
    ]);
    expect(await cloud.refusal('POST', SEND, body)).toBe('400 MalformedXML');
  });

  it.each([
    ['character numbers', '&#60;&#x1F600;&apos;&quot;&gt;', '<\u{1F600}\'">'],
    ['CDATA', 'a <![CDATA[<b> & &amp; <!DOCTYPE x>]]> c', 'a <b> & &amp; <!DOCTYPE x> c'],
    ['comments', 'a<!-- <!DOCTYPE b> -->b', 'ab'],
    ['blanks around', ' \t a\n ', ' \t a\n '],
    ['line ends, which XML makes one', 'a\r\nb\rc', 'a\nb\nc'],
    ['an escaped carriage return', 'a&#13;\nb', 'a\r\nb'],
    ['things that look like numbers', '0012.50', '0012.50'],
  ])('is read as XML says: %s', async (_what, written, body) => {
    const reply = await cloud.send(
      'POST',
      SEND,
      `\ufeff<Message><MessageBody>${written}</MessageBody></Message>`,
    );
    expect(reply.status).toBe(201);
    expect(cloud.owner.mns.queue('q').messages[0]?.body).toBe(body);
  });
});

describe('who may', () => {
  it('is asked first: a wrong signature learns nothing', async () => {
    const forge = (request: RestRequest) => ({
      ...request,
      headers: { ...request.headers, authorization: `MNS ${cloud.admin.accessKeyId}:AAAA` },
    });
    for (const target of ['/queues/q', '/queues/none', '/nonsense']) {
      expect(await cloud.refusal('GET', target, '', { forge })).toBe('403 SignatureDoesNotMatch');
    }
    expect(cloud.world.journal.calls.at(-1)).toMatchObject({ caller: null, status: 403 });
  });

  it('is nobody without a version, or with another', async () => {
    const headers = { 'x-mns-version': '2014-07-08' };
    expect(await cloud.refusal('GET', '/queues/q', '', { headers })).toBe('400 InvalidVersionHeader');
    const without = { 'x-mns-version': undefined };
    expect(await cloud.refusal('GET', '/queues/q', '', { headers: without })).toBe(
      '400 MissingVersionHeader',
    );
  });

  it('is never a caller of another account, whatever its rights', async () => {
    const { keys } = addUser(cloud.requester, 'stranger', everything);
    expect(await cloud.refusal('POST', SEND, message('x'), { keys })).toBe('403 AccessDenied');
    expect(stored()).toBe(0);
    expect(cloud.world.journal.calls.at(-1)).toMatchObject({
      code: 'AccessDenied',
      operation: 'SendMessage',
    });
  });

  it('is who has the action on the resource, with its slash', async () => {
    const resource = `acs:mns:cn-hangzhou:${OWNER}:/queues/q/messages`;
    const { keys } = addUser(cloud.owner, 'sender', {
      Effect: 'Allow',
      Action: 'mns:SendMessage',
      Resource: resource,
    });
    expect((await cloud.send('POST', SEND, message('x'), { keys })).status).toBe(201);
    expect(await cloud.refusal('POST', '/queues/other/messages', message('x'), { keys })).toBe(
      '403 AccessDenied',
    );
    expect(await cloud.refusal('GET', SEND, '', { keys })).toBe('403 AccessDenied');
    const { keys: wrong } = addUser(cloud.owner, 'wrong', {
      Effect: 'Allow',
      Action: 'mns:*',
      Resource: resource.replace(':/', ':'),
    });
    expect(await cloud.refusal('POST', SEND, message('x'), { keys: wrong })).toBe('403 AccessDenied');
  });
});

describe('the weather', () => {
  it('is met by calls: an error before, an error after, no answer', async () => {
    const { faults } = cloud.world.weather;
    const matches = (call: { operation: string }) => call.operation === 'SendMessage';
    faults.push({ matches, at: 'before', error: new ApiError(429, 'TooManyRequests', 'Slow down.') });
    expect(await cloud.refusal('POST', SEND, message('x'))).toBe('429 TooManyRequests');
    expect(stored()).toBe(0);
    faults.push({ matches, at: 'after' });
    expect(await cloud.refusal('POST', SEND, message('x'))).toBe('500 InternalError');
    expect(stored()).toBe(1);
    faults.push({ matches, at: 'lost' });
    await expect(cloud.send('POST', SEND, message('x'))).rejects.toBeInstanceOf(ConnectionLost);
    expect(stored()).toBe(2);
  });
});

/** What the vendor calls them, and what a policy names after `mns:`. */
const NAMES = [
  'BatchDeleteMessage',
  'BatchPeekMessage',
  'BatchReceiveMessage',
  'BatchSendMessage',
  'ChangeMessageVisibility',
  'CreateQueue',
  'CreateTopic',
  'DeleteMessage',
  'DeleteQueue',
  'DeleteTopic',
  'GetAccountAttributes',
  'GetQueueAttributes',
  'GetSubscriptionAttributes',
  'GetTopicAttributes',
  'ListQueue',
  'ListSubscriptionByTopic',
  'ListTopic',
  'PeekMessage',
  'PublishMessage',
  'ReceiveMessage',
  'SendMessage',
  'SetAccountAttributes',
  'SetQueueAttributes',
  'SetSubscriptionAttributes',
  'SetTopicAttributes',
  'Subscribe',
  'Unsubscribe',
];

describe('the operations', () => {
  it('all answer, each under its own name', async () => {
    const endpoint = `acs:mns:cn-hangzhou:${OWNER}:queues/q`;
    const batch = xml('Messages', [inner('Message', { MessageBody: 'b' })]);
    await cloud.send('GET', '/queues');
    await cloud.send('GET', '/queues/q');
    await cloud.send('PUT', '/queues/q?metaoverride=true', xml('Queue'));
    await cloud.send('POST', SEND, message('a'));
    await cloud.send('POST', SEND, batch);
    await cloud.send('GET', `${SEND}?peekonly=true`);
    await cloud.send('GET', `${SEND}?peekonly=true&numOfMessages=2`);
    const got = await cloud.send('GET', SEND);
    const changed = await cloud.send('PUT', `${SEND}?ReceiptHandle=${handleOf(got)}&VisibilityTimeout=9`);
    const fresh = handleOf(changed, 'ChangeVisibility', 'ReceiptHandle');
    await cloud.send('DELETE', `${SEND}?ReceiptHandle=${fresh}`);
    const more = await cloud.send('GET', `${SEND}?numOfMessages=1`);
    const last = handleOf(more, 'Messages', 'Message', 0, 'ReceiptHandle');
    await cloud.send('DELETE', SEND, xml('ReceiptHandles', { ReceiptHandle: last }));
    await cloud.send('GET', '/topics');
    await cloud.send('GET', '/topics/t');
    await cloud.send('PUT', '/topics/t?metaoverride=true', xml('Topic'));
    await cloud.send('PUT', '/topics/t/subscriptions/s', xml('Subscription', { Endpoint: endpoint }));
    await cloud.send('GET', '/topics/t/subscriptions/s');
    await cloud.send('PUT', '/topics/t/subscriptions/s?metaoverride=true', xml('Subscription'));
    await cloud.send('GET', '/topics/t/subscriptions');
    await cloud.send('DELETE', '/topics/t/subscriptions/s');
    await cloud.send('POST', '/topics/t/messages', message('a'));
    await cloud.send('DELETE', '/topics/t');
    await cloud.send('DELETE', '/queues/q');
    await cloud.send('PUT', '/?accountmeta=true', xml('Account', { LoggingBucket: 'logs' }));
    await cloud.send('GET', '/?accountmeta=true');
    const { calls } = cloud.world.journal;
    expect(calls.filter(({ code }) => code !== null)).toEqual([]);
    const seen = new Set(calls.map(({ operation }) => operation));
    expect([...seen].sort()).toEqual(NAMES);
    expect(mnsOperations).toHaveLength(NAMES.length);
  });
});
