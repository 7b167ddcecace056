import { describe, expect, it } from 'vitest';
import { checkRequest } from '../../client/check-request.ts';
import { readReply } from '../../client/read-reply.ts';
import { createRequester } from '../../client/requester.ts';
import { unwrapped } from '../../client/unwrap.ts';
import type { Wanted } from '../../client/wanted.ts';
import { parseRequest } from '../../events/parse-request.ts';
import { xmlSafeJson } from '../../events/xml-safe-json.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { sample } from '../kit/samples.ts';
import { NOW } from '../kit/signing-keys.ts';

/** As a program without types calls it. */
const make = (...options: readonly unknown[]): unknown => Reflect.apply(createRequester, undefined, options);
const GOOD = {
  ownerUid: OWNER,
  requesterUid: REQUESTER,
  credentials: async () => ({ accessKeyId: 'a', accessKeySecret: 'b' }),
};

describe('the options of a requester', () => {
  it.each([
    ['none', [], /createRequester got missing; expected options such as/],
    ['null', [null], /createRequester got null/],
    ['a text', [OWNER], /createRequester got "2000000000000002"/],
    ['nobody', [{}], /ownerUid is missing: expected the UID/],
    [
      'a UID as a number',
      [{ ownerUid: 2_000_000_000_000_002 }],
      /ownerUid is 2000000000000002: write it as a string/,
    ],
    ['a UID with a space', [{ ownerUid: `${OWNER} ` }], /ownerUid is "2000000000000002 "/],
    ['one account twice', [{ ...GOOD, requesterUid: OWNER }], /are the same account/],
    [
      'a region that is none',
      [{ ...GOOD, region: 'Hangzhou' }],
      /region is "Hangzhou": expected the id of a region/,
    ],
    [
      'keys instead of a function',
      [{ ...GOOD, credentials: { accessKeyId: 'hunter2' } }],
      /credentials is an object: expected a function/,
    ],
    ['an option that is none', [{ ...GOOD, queue: 'q' }], /"queue" is no option; all are ownerUid/],
    [
      'an endpoint that is none',
      [{ ...GOOD, endpoints: { owner: 'x', requester: 'http://h:1' } }],
      /endpoints.owner is "x": expected a URL/,
    ],
    [
      'a queue that is none',
      [{ ...GOOD, replyQueue: 'a/b' }],
      /replyQueue is "a\/b": expected the name of a queue/,
    ],
  ])('%s: refused at once', (_what, options, why) => {
    expect(() => make(...options)).toThrow(why);
    expect(() => make(...options)).not.toThrow(/hunter2/);
  });

  it.each([
    ['5s', /waitMs is "5s": expected milliseconds as a number/],
    [-1, /waitMs is -1/],
    [Number.NaN, /waitMs is NaN/],
    [Number.POSITIVE_INFINITY, /waitMs is Infinity/],
  ])('waitMs %s is refused before anything is sent', async (waitMs, why) => {
    const requester = createRequester(GOOD);
    const options = { waitMs } as { waitMs: number };
    await expect(requester.request({ engines: ['redis'] }, options)).rejects.toThrow(why);
    await expect(requester.waitForReply('x', options)).rejects.toMatchObject({
      code: 'invalid-options',
      sent: 'no',
    });
  });

  it.each([
    [{ action: 'revoke', engines: ['redis'] }, /action is "revoke", and this requester asks with "grant"/],
    [
      { requesterUid: '7', engines: ['redis'] },
      /requesterUid is "7", and this requester asks with "1000000000000001"/,
    ],
    [{ engines: ['polardb'] }, /it could be "polardb-mysql"/],
  ])('%j is refused before anything is sent', async (wanted, why) => {
    await expect(createRequester(GOOD).request(wanted as object)).rejects.toThrow(why);
  });
});

describe('what is wanted', () => {
  it('may hold null for whatever may be left out', () => {
    const wanted: Wanted = {
      engines: ['redis'],
      expiresAt: null,
      reference: null,
      users: null,
      requestId: null,
    };
    const body = JSON.stringify({ ...wanted, requesterUid: REQUESTER });
    expect(parseRequest(body)).toMatchObject({ request: { engines: ['redis'] } });
    expect(parseRequest(body)).not.toHaveProperty('request.expiresAt');
    expect(() => checkRequest(body, OWNER, NOW)).not.toThrow();
  });
});

describe('a reply in a queue', () => {
  const reply = sample('reply-verified');
  const text = xmlSafeJson(reply);
  const wrapped = { TopicOwner: OWNER, TopicName: 'dms-handshake-replies', MessageId: 'M', Message: text };
  const xml = (message: string) =>
    `<?xml version="1.0" encoding="utf-8"?><Notification xmlns="http://mns.aliyuncs.com/doc/v1/"><TopicName>t</TopicName><MessageId>M</MessageId><Message>${message}</Message></Notification>`;
  it.each([
    ['as it was sent', text],
    ['after a byte order mark', `\ufeff${text}`],
    ['in base64', Buffer.from(text).toString('base64')],
    ['wrapped as JSON', JSON.stringify(wrapped)],
    ['wrapped as JSON, the message an object', JSON.stringify({ ...wrapped, Message: reply })],
    ['wrapped as JSON in base64', Buffer.from(JSON.stringify(wrapped)).toString('base64')],
    ['wrapped as XML', xml(text)],
    ['wrapped as XML after an empty line', `\n${xml(text)}`],
    ['wrapped as XML with entities', xml(text.replaceAll('"', '&quot;'))],
    ['wrapped as XML with CDATA', xml(`<![CDATA[${text}]]>`)],
  ])('%s is read', (_what, body) => {
    expect(readReply(body)).toMatchObject({ id: reply['id'], data: { status: 'verified' } });
  });

  it.each([
    ['a message with spaces around', xml('  x '), '  x '],
    ['a message of digits', xml('012'), '012'],
  ])('wrapped as XML, %s is handed over as it was sent', (_what, body, message) => {
    expect(unwrapped(body)).toBe(message);
  });

  it.each([
    ...[
      '',
      'hello',
      '7',
      'null',
      Buffer.alloc(30, 0xff).toString('base64'),
      '<',
      '<Notification/>',
      '<a>&b;</a>',
      xml('<a>1</a>'),
    ],
    JSON.stringify({ Message: text }),
    JSON.stringify({ TopicName: 't' }),
  ])('what is no message in another is handed over as it is: %j', (body) => {
    expect(unwrapped(body)).toBe(body);
  });

  it.each(['', '<', '<Notification/>', '{"Message":1,"TopicName":"t"}', 'null', '[]', '<a>&b;</a>'])(
    '%j is none',
    (body) => {
      expect(readReply(body)).toBeNull();
    },
  );
});
